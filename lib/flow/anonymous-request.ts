import type { PageRequest } from '../core/page-request';

/** A request for a foreign origin: nothing that says who asks, and the mark by which transports leave out their own. */
export function anonymousRequest(request: PageRequest): PageRequest {
  const { headers = {}, ...rest } = request;
  const neutral = Object.entries(headers).filter(([name]) =>
    /^accept(?:-(?:charset|encoding|language))?$/i.test(name),
  );
  return { ...rest, headers: Object.fromEntries(neutral), anonymous: true };
}
