import { BadInput } from './bad-input';
import type { DemoHandler, DemoReply, DemoRoute } from './demo-route';
import { decodeToken, encodeToken } from './opaque-token';
import { queryFlag, queryNumber, queryText } from './query-input';

const PAGE_SIZE = 50;
const KNOWN = ['$top', '$skip', '$count', '$skiptoken', '$deltatoken'];

/** Where a walk stands; `end` is where `$skip` and `$top` let it stop. */
interface Rest {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/** OData 4.01 server-driven paging (Part 1, 11.2.6.7): the next link is to be followed as it is. */
function odataList(base: (origin: string, path: string) => string): DemoHandler {
  return (query, _body, { users, origin, path, headers }) => {
    const unknown = [...query.keys()].find((name) => name.startsWith('$') && !KNOWN.includes(name));
    // Part 1, 11.2.1: a service must fail on an option it does not support.
    if (unknown !== undefined)
      return failure(501, 'NotSupported', `${unknown}: not supported`, unknown);
    const linkOf = (name: string, token: string): string =>
      `${base(origin, path)}?${name}=${token}${count ? '&$count=true' : ''}`;
    const count = queryFlag(query, '$count') === true;
    const rest = restOf(query, users.length, headers['prefer']);
    const to = Math.min(rest.start + rest.size, rest.end);
    const value = users.slice(rest.start, to);
    const next = encodeToken('odata', { ...rest, start: to });
    return {
      status: 200,
      body: {
        '@odata.context': `${origin}${path.slice(0, path.lastIndexOf('/'))}/$metadata#users`,
        ...(count ? { '@odata.count': users.length } : {}),
        value,
        ...(to < rest.end
          ? { '@odata.nextLink': linkOf('$skiptoken', next) }
          : // The data never changes, so a delta link gives no changes and itself again.
            { '@odata.deltaLink': linkOf('$deltatoken', 'unchanged') }),
      },
    };
  };
}

function restOf(query: URLSearchParams, total: number, prefer: unknown): Rest {
  const size = preferredSize(prefer);
  const delta = queryText(query, '$deltatoken');
  if (delta === 'unchanged') return { start: 0, end: 0, size };
  if (delta !== undefined) throw new BadInput('$deltatoken', 'a token of this list', delta);
  const token = queryText(query, '$skiptoken');
  if (token !== undefined) {
    const rest = decodeToken('odata', token);
    if (!isRest(rest)) throw new BadInput('$skiptoken', 'a token of this list', token);
    return rest;
  }
  const start = Math.min(queryNumber(query, '$skip', 0, { min: 0 }), total);
  return {
    start,
    end: Math.min(start + queryNumber(query, '$top', total, { min: 0 }), total),
    size,
  };
}

function isRest(value: unknown): value is Rest {
  return typeof value === 'object' && value !== null;
}

/** `Prefer: odata.maxpagesize=n`; a preference that cannot be honoured is ignored (RFC 7240). */
function preferredSize(prefer: unknown): number {
  const digits = /(?:^|[,;\s])(?:odata\.)?maxpagesize=(\d{1,9})/.exec(String(prefer))?.[1];
  const size = digits === undefined ? 0 : Number(digits);
  return size === 0 ? PAGE_SIZE : Math.min(size, 100);
}

function failure(status: number, code: string, message: string, target: string): DemoReply {
  return { status, body: { error: { code, message, target } } };
}

const refuse: DemoRoute['refuse'] = ({ message, parameter }) =>
  failure(400, 'BadRequest', message, parameter);

export const odataRoutes: readonly DemoRoute[] = [
  {
    path: '/odata/users',
    about: `OData: value, @odata.nextLink, @odata.deltaLink on the last page; $top, $skip, $count; ${String(PAGE_SIZE)} a page or Prefer: odata.maxpagesize`,
    example: '/odata/users?$count=true',
    handle: odataList((origin, path) => `${origin}${path}`),
    refuse,
  },
  {
    path: '/odata/relative/users',
    about: 'OData with relative links',
    example: '/odata/relative/users?$count=true',
    handle: odataList((_origin, path) => path.slice(path.lastIndexOf('/') + 1)),
    refuse,
  },
];
