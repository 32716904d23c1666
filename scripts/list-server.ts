import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

export const PAGES = 50;
export const PAGE_SIZE = 10;

export interface ListPage {
  readonly items: readonly number[];
  readonly next?: string;
}

/** Page `place` of a list of whole numbers, walked by cursors `c1`, `c2` ... */
export function listPage(place: number, pages = PAGES): ListPage {
  const items = Array.from({ length: PAGE_SIZE }, (_, index) => place * PAGE_SIZE + index);
  return place + 1 < pages ? { items, next: `c${String(place + 1)}` } : { items };
}

export function placeOf(cursor: string | null | undefined): number {
  return Number(cursor?.slice(1) ?? 0);
}

/** A list API on a free port that counts its requests and can be told to misbehave. */
export class ListServer {
  requests = 0;
  /** A page that names its own cursor as the next. */
  loopAt: number | undefined;
  /** A page that answers 403. */
  failAt: number | undefined;
  readonly #server = createServer((request, response) => {
    this.requests++;
    const { searchParams } = new URL(request.url ?? '', 'http://list.test');
    const place = placeOf(searchParams.get('cursor'));
    const page = listPage(place);
    const body = place === this.loopAt ? { ...page, next: `c${String(place)}` } : page;
    response
      .writeHead(place === this.failAt ? 403 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  });

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/items`;
  }

  reset(faults: { loopAt?: number; failAt?: number } = {}): void {
    this.requests = 0;
    this.loopAt = faults.loopAt;
    this.failAt = faults.failAt;
  }

  /** Resolves once no request has come for several short whiles; one long pause of the machine counts as one while. */
  async quiet(): Promise<void> {
    for (let calm = 0; calm < 6; calm++) {
      const before = this.requests;
      await after(40);
      if (this.requests !== before) calm = -1;
    }
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
