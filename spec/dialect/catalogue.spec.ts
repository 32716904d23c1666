import { lastValueFrom, toArray } from 'rxjs';

import type { PageRequest } from '../../lib/core/page-request';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import { entryOf } from '../../lib/dialect/dialect';
import { codeOf, dialect, strategyOf } from '../../lib/dialects';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import {
  type DialectFile,
  dialectFiles,
  itemsOf,
  itemsOfPage,
  pageRequestOf,
} from '../support/dialect-file';
import { type DialectSockets, DialectServer, startDialectServer } from '../support/dialect-server';
import { evaluatedCode } from '../support/evaluated-code';
import { outcome } from './walks';

const files = dialectFiles();
const cases = files.map((file) => [file.id, file] as const);

/** The first request, with the URL as the dialect wants it written. */
function requestOf(file: DialectFile): PageRequest {
  const request = pageRequestOf(file.request);
  const { url } = entryOf(file.id);
  return url === undefined ? request : { ...request, url: `${new URL(request.url).origin}${url}` };
}

/** Some lists go on at another origin, which a walk must be allowed. */
function listOf(sockets: DialectSockets, pagination: PaginationStrategy) {
  const [, ...others] = sockets.origins;
  return paginate(fetchTransport(), requestOf(sockets.file), {
    pagination,
    ...(others.length > 0 && { allowedOrigins: others }),
  });
}

async function onSockets(file: DialectFile, run: (sockets: DialectSockets) => Promise<void>) {
  const sockets = await startDialectServer(file);
  try {
    await run(sockets);
  } finally {
    await sockets.close();
  }
}

describe('each dialect over a socket', () => {
  it('has a file for 179 of them', () => {
    expect(files).toHaveLength(179);
  });

  it.each(cases)('%s: gives its items in order by the requests of its file', async (id, file) => {
    await onSockets(file, async (sockets) => {
      const { items, error } = await outcome(listOf(sockets, dialect(id)));
      expect(error).toBeUndefined();
      expect(sockets.server.mistakes({ items, completed: true })).toEqual([]);
      expect(items).toEqual(itemsOf(sockets.file));
    });
  });

  it.each(cases)(
    '%s: goes on from the token of each page with exactly the rest',
    async (id, file) => {
      await onSockets(file, async (sockets) => {
        const list = listOf(sockets, dialect(id));
        const pages = await lastValueFrom(list.pages().pipe(toArray()));
        const asked = [...sockets.server.served];
        for (const [index, page] of pages.entries()) {
          // A server that keeps the place itself is asked when it stands there.
          sockets.server.reset();
          sockets.server.served.push(...asked.slice(0, index + 1));
          const rest = listOf(sockets, dialect(id)).with({ resumeFrom: page.resumeToken });
          const { items, error } = await outcome(rest);
          expect(error).toBeUndefined();
          expect(items).toEqual(
            sockets.file.pages.flatMap((_, place) =>
              place > index ? itemsOfPage(sockets.file, place) : [],
            ),
          );
          expect(sockets.server.wrong).toEqual([]);
        }
      });
    },
  );
});

describe('the code of each dialect', () => {
  it.each(cases)('%s: makes the same strategy', async (id, file) => {
    const { pagination } = entryOf(id);
    const strategy = evaluatedCode(codeOf(pagination));
    expect(strategy.id).toBe(strategyOf(pagination).id);
    const server = new DialectServer(file);
    const allowedOrigins = ['https://acme.api.frontapp.com'];
    const list = paginate(server.transport, requestOf(file), {
      pagination: strategy,
      allowedOrigins,
    });
    const { items, error } = await outcome(list);
    expect(error).toBeUndefined();
    expect(server.mistakes({ items, completed: true })).toEqual([]);
  });
});
