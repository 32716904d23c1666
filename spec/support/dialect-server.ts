import { isDeepStrictEqual } from 'node:util';

import { of } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import { setAtPointer } from '../../lib/protocol/json-pointer';
import {
  type DialectFile,
  type DialectPage,
  type DialectRequest,
  itemsOf,
  movedTo,
  originsOf,
} from './dialect-file';
import { type HttpServer, type SeenRequest, startHttpServer } from './http-server';

/** Headers that clients add. */
const ADDED = new Set([
  ...['host', 'connection', 'user-agent', 'accept', 'accept-language', 'accept-encoding'],
  ...['sec-fetch-mode', 'content-type', 'content-length', 'transfer-encoding'],
]);

/** A request as the server got it. */
export interface GotRequest {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a walk gave. */
export interface WalkResult {
  readonly items: readonly unknown[];
  readonly completed: boolean;
}

/**
 * Answers the scripted pages of a dialect file, notes what was asked, and judges it. A request is answered by the page it asks
 * for, whenever that is, so that a walk can be resumed; where several pages fit, by the one after the page given last. What
 * fits nowhere is a mistake and is answered by 501, which nobody retries.
 */
export class DialectServer {
  readonly log: GotRequest[] = [];
  /** The pages given, by their place; -1 is the empty page behind the last. */
  readonly served: number[] = [];
  /** Requests that fit nowhere, in words. */
  readonly wrong: string[] = [];
  /** In memory; over a socket clients add headers of their own. */
  readonly exactHeaders: boolean;

  constructor(
    readonly file: DialectFile,
    { exactHeaders = true } = {},
  ) {
    this.exactHeaders = exactHeaders;
  }

  /** The server in memory. */
  get transport(): Transport {
    const answer = (request: PageRequest) => {
      const { method = 'GET', headers = {}, body } = request;
      const url = requestUrl(request);
      const page = this.answer({ method, url, headers, ...(body !== undefined && { body }) });
      return of<PageReply>({ status: page.status, headers: joined(page), body: page.body, url });
    };
    // The requests carry no credentials anyway.
    return Object.assign(answer, { anonymous: true as const });
  }

  /** Forgets what was asked. */
  reset(): void {
    this.log.length = 0;
    this.served.length = 0;
    this.wrong.length = 0;
  }

  answer(request: GotRequest): DialectPage {
    this.log.push(request);
    const place = this.#placeOf(request);
    if (place === undefined) {
      this.wrong.push(described(request));
      return { status: 501, headers: {}, body: { problem: 'no page answers this request' } };
    }
    this.served.push(place);
    const page = this.file.pages[place];
    return page ?? this.#emptyPage();
  }

  /** What is wrong with a walk from the first page, or from page `from`, in words; empty if it is exact. */
  mistakes({ items, completed }: WalkResult, from = 0): readonly string[] {
    const { file, served, wrong } = this;
    const { itemCounts, mayEndAt = [] } = file.expect;
    const skipped = itemCounts.slice(0, from).reduce((sum, count) => sum + count, 0);
    const wanted = itemsOf(file).slice(skipped);
    const last = file.pages.length - 1;
    const pages = served.filter((place) => place >= 0);
    const isInOrder = pages.every((place, index) => place === from + index);
    const end = pages.at(-1) ?? from - 1;
    return [
      ...wrong.map((request) => `wrong request: ${request}`),
      ...(isInOrder ? [] : [`pages asked for: ${pages.join(', ')}`]),
      ...(completed ? [] : ['did not complete']),
      ...(end === last || mayEndAt.includes(end) ? [] : [`ended after page ${String(end)}`]),
      ...(served.length - pages.length > 1 ? ['asked more than once behind the last page'] : []),
      ...(isDeepStrictEqual(items, wanted)
        ? []
        : [`${String(items.length)} items that are not the ${String(wanted.length)} of the file`]),
    ];
  }

  #placeOf(request: GotRequest): number | undefined {
    const { file, served } = this;
    const { next, nextAlternatives = [], mayProbe = false } = file.expect;
    const fits = file.pages.flatMap((_, place) => {
      const before = place === 0 ? file.request : next[place - 1];
      const accepted = [
        ...(before === null || before === undefined ? [] : [before]),
        ...(place === 0 ? [] : (nextAlternatives[place - 1] ?? [])),
      ];
      return accepted.some((one) => this.#isSame(one, request)) ? [place] : [];
    });
    const following = (served.at(-1) ?? -1) + 1;
    // A walk that is resumed at its end asks for the last page again.
    const place = [following, following - 1].find((one) => fits.includes(one)) ?? fits[0];
    if (place !== undefined) return place;
    const isNew = this.log.filter((one) => isDeepStrictEqual(one, request)).length === 1;
    const isBehind = [file.pages.length - 1, -1].includes(served.at(-1) ?? 0);
    return mayProbe && isBehind && isNew && this.#isSamePlace(request) ? -1 : undefined;
  }

  #isSame(expected: DialectRequest, { method, url, headers, body }: GotRequest): boolean {
    const got = new URL(url);
    return (
      method.toUpperCase() === expected.method &&
      `${got.origin}${got.pathname}` === plainUrl(expected.url) &&
      isDeepStrictEqual(pairsOf(got.searchParams), pairsOfQuery(expected.query)) &&
      isDeepStrictEqual(body, expected.body) &&
      this.#areHeaders(expected.headers, headers)
    );
  }

  #areHeaders(
    expected: Readonly<Record<string, string>>,
    got: Readonly<Record<string, string>>,
  ): boolean {
    const wanted = lowerCase(expected);
    const found = lowerCase(got);
    return Object.keys({ ...found, ...wanted }).every((name) => {
      const isAdded = !this.exactHeaders && wanted[name] === undefined && ADDED.has(name);
      return isAdded || found[name] === wanted[name];
    });
  }

  /** A request behind the last page goes where the others went. */
  #isSamePlace({ method, url }: GotRequest): boolean {
    const got = new URL(url);
    const { request, expect } = this.file;
    return [request, ...expect.next].some(
      (one) =>
        one !== null &&
        one.method === method.toUpperCase() &&
        plainUrl(one.url) === `${got.origin}${got.pathname}`,
    );
  }

  #emptyPage(): DialectPage {
    const last = this.file.pages.at(-1);
    if (last === undefined) throw new Error('A dialect has a page');
    const emptied = setAtPointer(last.body, this.file.expect.itemsPointer, []);
    if (!emptied.ok) throw new Error(`No items at ${this.file.expect.itemsPointer}`);
    return { ...last, body: emptied.document as DialectPage['body'] };
  }
}

/** A dialect file on sockets of 127.0.0.1, one for each of its origins. */
export interface DialectSockets {
  /** The file with its origins moved to the sockets. */
  readonly file: DialectFile;
  readonly server: DialectServer;
  readonly origins: readonly string[];
  close(): Promise<void>;
}

export async function startDialectServer(original: DialectFile): Promise<DialectSockets> {
  const from = originsOf(original);
  const sockets = await Promise.all(from.map(() => startHttpServer()));
  const origins = sockets.map(({ origin }) => origin);
  const moved = new Map(from.map((origin, index) => [origin, origins[index] ?? '']));
  const file = movedTo(original, moved);
  const server = new DialectServer(file, { exactHeaders: false });
  for (const socket of sockets) serve(socket, server);
  return {
    file,
    server,
    origins,
    close: async () => {
      await Promise.all(sockets.map(({ close }) => close()));
    },
  };
}

function serve({ origin, answer }: HttpServer, server: DialectServer): void {
  answer((seen, response) => {
    const { status, headers, body } = server.answer(gotOf(seen, origin));
    const lines = Object.entries(headers).map(([name, value]): [string, string | string[]] => [
      name,
      typeof value === 'string' ? value : [...value],
    ]);
    // Where the real API answers XML, the body is what a converter makes of it.
    const isXml = lines.some(([, value]) => /^application\/(?:\w+\+)?xml/.test(String(value)));
    const converted = isXml ? { 'Content-Type': 'application/json' } : {};
    response.writeHead(status, { ...Object.fromEntries(lines), ...converted });
    response.end(JSON.stringify(body));
  });
}

function gotOf({ method, url, headers, body }: SeenRequest, origin: string): GotRequest {
  const lines = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    method,
    url: `${origin}${url}`,
    headers: Object.fromEntries(lines) as Record<string, string>,
    ...(body !== '' && { body: JSON.parse(body) as unknown }),
  };
}

/** Names in lower case, repeated lines joined, as transports give them. */
function joined({ headers }: DialectPage): Record<string, string> {
  const lines = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    typeof value === 'string' ? value : value.join(', '),
  ]);
  return Object.fromEntries(lines) as Record<string, string>;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** The order of parameters does not count, nor how they are encoded. */
function pairsOf(search: URLSearchParams): string[] {
  return [...search].map((pair) => JSON.stringify(pair)).sort();
}

function pairsOfQuery(query: DialectRequest['query']): string[] {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one) => JSON.stringify([name, one])),
    )
    .sort();
}

function plainUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function described({ method, url, headers, body }: GotRequest): string {
  const rest = body === undefined ? '' : ` ${JSON.stringify(body)}`;
  return `${method} ${url}${rest} ${JSON.stringify(headers)}`;
}
