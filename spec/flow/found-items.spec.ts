import { cursorPagination, paginate, type PageRequest } from 'paged-observable';
import { of, toArray, lastValueFrom } from 'rxjs';

import { isPaginationError, type PaginationError } from '../../lib/core/pagination-error';

/** Bodies in turn, each with the cursor of the next. */
function listOf(...bodies: readonly object[]) {
  return (request: PageRequest) => {
    const at = Number(request.params?.['cursor'] ?? 0);
    const next_cursor = at + 1 < bodies.length ? at + 1 : null;
    return of({
      status: 200,
      headers: {},
      url: 'http://api.test/items',
      body: { ...bodies[at], next_cursor },
    });
  };
}

async function failureOf(promise: Promise<unknown>): Promise<PaginationError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isPaginationError(error)) throw new Error('Expected the walk to fail');
  return error;
}

describe('items whose place nobody named', () => {
  const itemsOf = (...bodies: readonly object[]) =>
    lastValueFrom(
      paginate(listOf(...bodies), '/items', { pagination: cursorPagination() }).pipe(toArray()),
    );

  it('are read from the one array of records', async () => {
    await expect(
      itemsOf({ data: [{ id: 1 }] }, { data: [] }, { data: [{ id: 2 }] }),
    ).resolves.toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('are never taken from another place on a later page', async () => {
    const error = await failureOf(
      itemsOf({ data: [{ id: 1 }] }, { data: null, notes: [{ id: 9 }] }),
    );
    expect([error.code, error.pageIndex, error.itemsEmitted]).toEqual(['BAD_SHAPE', 1, 1]);
    expect(error.message).toContain('/data and are now at /notes');
  });

  it('are not a list of errors, not even an empty one', async () => {
    const error = await failureOf(itemsOf({ data: null, errors: [] }));
    expect([error.code, error.pageIndex]).toEqual(['BAD_SHAPE', 0]);
  });
});

describe('a strategy that throws at a reply', () => {
  it('is BAD_SHAPE with the thrown error as its cause', async () => {
    const pagination = cursorPagination({
      items: ({ body }) => (body as { deep: { items: number[] } }).deep.items,
    });
    const walk = paginate(listOf({ deep: { items: [1] } }, {}), '/items', { pagination });
    const seen: number[] = [];
    const error = await failureOf(walk.forEach((item) => seen.push(item)));
    expect(seen).toEqual([1]);
    expect([error.code, error.pageIndex, error.cause?.name]).toEqual(['BAD_SHAPE', 1, 'TypeError']);
  });
});
