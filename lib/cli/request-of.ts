import type { PageRequest } from '../core/page-request';

import { headersOf } from './header-lines';
import { jsonArgument } from './json-argument';
import { UsageMistake } from './usage-mistake';

/** Options that say what the first request is. */
export interface RequestFlags {
  readonly header?: readonly string[] | undefined;
  readonly headerFile?: string | undefined;
  readonly method?: string | undefined;
  readonly data?: string | undefined;
  readonly path?: readonly string[] | undefined;
}

/** The first request of a walk. A body makes it a POST, unless the method is given. */
export function requestOf(url: string, flags: RequestFlags): PageRequest {
  const { address, authorization } = splitUserInfo(checkUrl(url));
  const headers = headersOf(flags.header, flags.headerFile);
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  const own = named || authorization === undefined ? {} : { Authorization: authorization };
  const method = flags.method?.toUpperCase() ?? (flags.data === undefined ? undefined : 'POST');
  if (flags.data !== undefined && (method === 'GET' || method === 'HEAD')) {
    throw new UsageMistake(`--data: a ${method} request has no body`);
  }
  const path = pathValues(flags.path);
  return {
    url: address,
    ...(method !== undefined && { method }),
    headers: { ...own, ...headers },
    ...(path !== undefined && { path }),
    ...(flags.data !== undefined && { body: jsonArgument('--data', flags.data) }),
  };
}

function checkUrl(url: string): string {
  const scheme = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (scheme === 'http:' || scheme === 'https:') return url;
  throw new UsageMistake('<url>: expected an absolute URL, http:// or https://');
}

/** Clients refuse URLs with a user name; they mean basic authentication (RFC 7617). */
function splitUserInfo(url: string): { address: string; authorization?: string } {
  const [, scheme = '', userInfo] = /^(https?:\/\/)([^/?#]*)@/i.exec(url) ?? [];
  if (userInfo === undefined) return { address: url };
  const address = scheme + url.slice(scheme.length + userInfo.length + 1);
  const { username, password } = new URL(url);
  const text = `${decode(username)}:${decode(password)}`;
  return { address, authorization: `Basic ${Buffer.from(text).toString('base64')}` };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pathValues(given: readonly string[] | undefined): PageRequest['path'] {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    given.map((pair) => {
      const mark = pair.indexOf('=');
      if (mark < 1) throw new UsageMistake('--path: expected name=value');
      return [pair.slice(0, mark), pair.slice(mark + 1)] as const;
    }),
  );
}
