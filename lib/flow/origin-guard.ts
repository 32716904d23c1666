import { PaginationError } from '../core/pagination-error';

const WITH_SCHEME = /^(?:[a-z][a-z\d+.-]*:|[/\\]{2})/i;

/** The origin of an absolute http(s) URL. */
export function originOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? undefined : parse(url);
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
}

/**
 * Refuses a URL that a server sent the walk to unless it is of the walk's own origin: credentials go with every request,
 * and so do requests from within a private network.
 *
 * @throws PaginationError `CROSS_ORIGIN`
 */
export function checkOrigin(url: string, origin: string | undefined): void {
  const text = url.trim();
  if (!WITH_SCHEME.test(text)) return;
  const target = parse(text, origin);
  if (target === undefined) {
    throw new PaginationError('CROSS_ORIGIN', 'The next link is no URL that can be followed');
  }
  if (!/^https?:$/.test(target.protocol)) {
    throw refuse(`has the scheme ${target.protocol}`);
  }
  if (target.username !== '' || target.password !== '') {
    throw refuse(`to ${target.host} carries user info`);
  }
  if (origin === undefined) {
    throw refuse(
      `leads to ${target.origin}, and the origin of the first request is not known: give an absolute URL, or a transport with a baseUrl`,
    );
  }
  if (target.origin !== origin) throw refuse(`leads from ${origin} to ${target.origin}`);
}

function refuse(why: string): PaginationError {
  return new PaginationError('CROSS_ORIGIN', `The next link ${why}; no request was made`);
}

function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
