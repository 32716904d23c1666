import { of } from 'rxjs';
import { z } from 'zod';

import {
  cursorPagination,
  paginate,
  type Json,
  type PageRequest,
  type SchemaResult,
  type StandardSchemaV1,
  type WalkOptions,
} from 'paged-observable';

import { settle } from '../support/manual-clock';
import { realProcess } from '../support/real-process';
import { record } from '../support/recorder';

const PAGES: readonly (readonly Json[])[] = [['1', '2'], ['3', 'x', '5'], ['6']];

/** A schema of numbers written as text. */
function numbers(wrap: <R>(result: R) => R | Promise<R>): StandardSchemaV1<unknown, number> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value): SchemaResult<number> | Promise<SchemaResult<number>> =>
        wrap<SchemaResult<number>>(
          typeof value === 'string' && /^\d$/.test(value)
            ? { value: Number(value) }
            : { issues: [{ message: 'no digit', path: ['a', { key: 0 }] }, { message: 'bad' }] },
        ),
    },
  };
}

const SCHEMAS: readonly (readonly [string, StandardSchemaV1<unknown, number>, string])[] = [
  ['a synchronous schema', numbers((result) => result), '/a/0: no digit; bad'],
  ['an asynchronous schema', numbers((result) => Promise.resolve(result)), '/a/0: no digit; bad'],
  [
    'a schema that is asynchronous at times',
    (() => {
      let count = 0;
      return numbers((result) => (count++ % 2 === 0 ? result : Promise.resolve(result)));
    })(),
    '/a/0: no digit; bad',
  ],
  ['zod', z.string().regex(/^\d$/, 'no digit').transform(Number), 'no digit'],
  [
    'zod, asynchronous',
    z
      .string()
      .regex(/^\d$/, 'no digit')
      .transform((text) => Promise.resolve(Number(text))),
    'no digit',
  ],
];

function listOf(
  pages: readonly (readonly Json[])[],
  schema: StandardSchemaV1<unknown, number>,
  options: WalkOptions = {},
) {
  const asked: number[] = [];
  const transport = ({ params }: PageRequest) => {
    const page = Number(params?.['cursor'] ?? 0);
    asked.push(page);
    const next = page + 1 < pages.length ? page + 1 : null;
    return of({ status: 200, headers: {}, url: '', body: { items: pages[page], next } });
  };
  const list = paginate(transport, 'http://api.test/items', {
    ...options,
    schema,
    pagination: cursorPagination({ items: '/items', next: '/next' }),
  });
  return { list, asked };
}

describe.each(SCHEMAS)('%s', (_, schema, issue) => {
  it('gives the items as it makes them', async () => {
    const { list, asked } = listOf([['1', '2'], [], ['3']], schema);
    const items = record(list);
    const pages = record(list.pages());
    await settle();

    expect(items.notifications).toEqual({ values: [1, 2, 3], errors: 0, completions: 1 });
    expect(pages.values.map((page) => page.items)).toEqual([[1, 2], [], [3]]);
    expect(pages.values.map((page) => page.body)).toEqual([
      { items: ['1', '2'], next: 1 },
      { items: [], next: 2 },
      { items: ['3'], next: null },
    ]);
    expect([...asked].sort()).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('errors the walk at an item that does not fit, without the items before it on its page', async () => {
    const { list, asked } = listOf(PAGES, schema);
    const seen = record(list);
    await settle();

    expect(seen.values).toEqual([1, 2]);
    expect(seen.error).toMatchObject({ code: 'BAD_SHAPE', pageIndex: 1, itemsEmitted: 2 });
    expect(seen.error.message).toContain(`Item 1 of the page does not fit the schema: ${issue}`);
    expect(asked).toEqual([0, 1]);

    const healed = listOf([['1', '2'], ['3', '4', '5'], ['6']], schema, {
      resumeFrom: seen.error.resumeToken,
    });
    const rest = record(healed.list);
    await settle();
    expect(rest.values).toEqual([3, 4, 5, 6]);
  });

  it('sees only the items that are wanted', async () => {
    const { list } = listOf(PAGES, schema, { maxItems: 3 });
    const seen = record(list);
    await settle();
    expect(seen.notifications).toEqual({ values: [1, 2, 3], errors: 0, completions: 1 });
  });

  it('holds the walk back and gives items in order with prefetch', async () => {
    const { list, asked } = listOf([['1'], ['2'], ['3']], schema, { prefetch: 2 });
    const values: number[] = [];
    for await (const value of list) values.push(value);
    expect(values).toEqual([1, 2, 3]);
    expect(asked).toEqual([0, 1, 2]);
  });

  it('is kept by with()', async () => {
    const { list } = listOf([['1'], ['2']], schema);
    const seen = record(list.with({ maxPages: 1 }));
    await settle();
    expect(seen.values).toEqual([1]);
  });
});

it('resumes in mid-page by the items as the server sent them', () => {
  let made = 0;
  const schema: StandardSchemaV1<unknown, number> = {
    '~standard': { version: 1, vendor: 'test', validate: () => ({ value: made++ }) },
  };
  const first = record(listOf([['a', 'b', 'c']], schema, { maxItems: 2 }).list.pages());
  const token = first.values[0]!.resumeToken;
  const rest = record(listOf([['a', 'b', 'c']], schema, { resumeFrom: token }).list);
  expect(rest.notifications).toEqual({ values: [2], errors: 0, completions: 1 });
  const changed = record(listOf([['b', 'a', 'c']], schema, { resumeFrom: token }).list);
  expect(changed.error.code).toBe('DRIFT');
});

it('errors the walk with what a schema throws', async () => {
  const failing = (validate: () => never): StandardSchemaV1<unknown, number> => ({
    '~standard': { version: 1, vendor: 'test', validate },
  });
  const seen = record(listOf([['1']], failing(() => { throw new Error('schema broke'); })).list); // prettier-ignore
  expect(seen.values).toEqual([]);
  expect(seen.error.message).toContain('schema broke');

  const rejecting = numbers(() => Promise.reject(new Error('schema broke')));
  const later = record(listOf([['1', '2']], rejecting).list);
  await settle();
  expect(later.values).toEqual([]);
  expect(later.error.message).toContain('schema broke');
});

it('gives nothing when the walk is left while an asynchronous schema works', async () => {
  const { list, asked } = listOf(
    [['1'], ['2']],
    numbers((result) => Promise.resolve(result)),
  );
  const seen = record(list);
  seen.subscription.unsubscribe();
  await settle();
  expect(seen.notifications).toEqual({ values: [], errors: 0, completions: 0 });
  expect(asked).toEqual([0]);
});

describe('a schema that does not do as a Standard Schema does', () => {
  const schemaOf = (validate: (value: unknown) => unknown) => ({
    '~standard': { version: 1, vendor: 'test', validate } as StandardSchemaV1<unknown, number>['~standard'],
  }); // prettier-ignore

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['5', 5],
    ['an object', {}],
    ['an object', { issues: null, value: 1 }],
    ['an array of 0', []],
  ])('is told what it gave in place of a result: %s', async (came, result) => {
    for (const given of [result, Promise.resolve(result)]) {
      const { list, asked } = listOf(
        [['1', '2']],
        schemaOf((value) => (value === '2' ? given : { value })),
      );
      const seen = record(list);
      await settle();
      expect(seen.values).toEqual([]);
      expect(seen.error.code).toBe('BAD_SHAPE');
      expect(seen.error.message).toContain(
        `The schema must give { value } or { issues }, got ${came} for item 1 of the page (page 1`,
      );
      expect(asked).toEqual([0]); // no retry mends it
    }
  });

  it.each([{}, { '~standard': {} }, { '~standard': null }, { parse: () => 1 }])(
    'is refused at once without a function validate: %j',
    (schema) => {
      expect(() => listOf([], schema as never)).toThrow(
        "paginate: option 'schema' must be a Standard Schema (zod, valibot, arktype ...), got an object",
      );
    },
  );

  it('leaves no promise without a listener where it throws at a later item', async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    realProcess.on('unhandledRejection', hear);
    try {
      const schema = schemaOf((value) => {
        if (value === '2') throw new Error('not this one');
        return Promise.reject(new Error('nor this one'));
      });
      const seen = record(listOf([['1', '2']], schema).list);
      await settle();
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen.error.message).toContain('not this one');
    } finally {
      realProcess.off('unhandledRejection', hear);
    }
    expect(unheard).toEqual([]);
  });
});
