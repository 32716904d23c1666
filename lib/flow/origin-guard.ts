import { PaginationError } from '../core/pagination-error';
import { withoutRemoved } from '../protocol/next-url';
import { parseUrl } from '../protocol/parse-url';

/** Scheme and host in plain letters, without user info. */
const PLAIN_ORIGIN = /^https?:\/\/[a-z\d.-]+(?::\d+)?(?=[/?#]|$)/i;
const ENDS_HOST: readonly string[] = ['', '/', '?', '#'];
/** The last plain one that was asked for. */
let last = { text: 'http://localhost', origin: readOrigin('http://localhost') };
const WITH_SCHEME = /^(?:[a-z][a-z\d+.-]*:|[/\\]{2})/i;

/** The origin of an absolute http(s) URL. */
export function originOf(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  // Every page of a walk asks for the same.
  if (url.startsWith(last.text) && ENDS_HOST.includes(url.charAt(last.text.length))) {
    return last.origin;
  }
  const plain = PLAIN_ORIGIN.exec(url)?.[0];
  if (plain === undefined) return readOrigin(url);
  // What comes behind the host does not change the origin.
  last = { text: plain, origin: readOrigin(plain) };
  return last.origin;
}

function readOrigin(url: string): string | undefined {
  const parsed = parseUrl(url);
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
}

/**
 * Whether a URL that a server sent the walk to is of the walk's own origin, or of a foreign one that the caller allows:
 * credentials go with every request, and so do requests from within a private network.
 *
 * @throws PaginationError `CROSS_ORIGIN` for any other, for user info, and for a step down from https to http
 */
export function judgeTarget(
  url: string,
  origin: string | undefined,
  allowed: readonly string[],
): 'own' | 'foreign' {
  const text = withoutRemoved(url.trim());
  if (!WITH_SCHEME.test(text)) return 'own';
  const target = parseUrl(text, origin);
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
  if (target.origin === origin) return 'own';
  const isDowngrade = origin.startsWith('https:') && target.protocol === 'http:';
  if (!isDowngrade && allowed.includes(target.origin)) return 'foreign';
  throw refuse(`leads from ${origin} to ${target.origin}`);
}

function refuse(why: string): PaginationError {
  return new PaginationError('CROSS_ORIGIN', `The next link ${why}; no request was made`);
}
