import { NEVER, of } from 'rxjs';

import { cursorPagination, fromPages, isPagedObservable, paginate } from 'paged-observable';

import { deepFreeze } from '../support/deep-freeze';
import { ListApi } from '../support/list-api';
import { record } from '../support/recorder';

const whole = 'a whole number, 0 or more';
const cap = 'a whole number, 0 or more, or Infinity';
const time = 'milliseconds above 0, or Infinity';
const notifier = 'an Observable or what RxJS can make one from';

/** Option, what it must be, and wrong values with the way messages show them. */
const WRONG: readonly [string, string, readonly (readonly [unknown, string])[]][] = [
  ['prefetch', whole, [[-1, '-1'], [1.5, '1.5'], ['2', '"2"'], [null, 'null'], [NaN, 'NaN'], [Infinity, 'Infinity']]],
  ['maxPages', cap, [[-1, '-1'], [0.5, '0.5'], ['2', '"2"'], [null, 'null'], [NaN, 'NaN'], [-Infinity, '-Infinity']]],
  ['maxItems', cap, [[-1, '-1'], [0.5, '0.5'], [true, 'true'], [[], 'an array of 0']]],
  ['timeout', time, [[0, '0'], [-5, '-5'], ['1000', '"1000"'], [NaN, 'NaN'], [null, 'null']]],
  ['resumeFrom', 'a string', [[1, '1'], [null, 'null'], [{}, 'an object']]],
  ['emptyCursor', "'end' or 'continue'", [['stop', '"stop"'], [true, 'true'], [null, 'null']]],
  ['pacedBy', notifier, [[1, '1'], ['text', '"text"'], [{}, 'an object'], [() => 1, 'a function'], [null, 'null']]],
  ['signal', 'an AbortSignal', [[new AbortController(), 'an object'], [{ aborted: false }, 'an object'], [{ addEventListener: () => 1 }, 'an object'], [true, 'true'], [null, 'null']]],
  ['events', 'an observer: an object with a function next', [[() => 1, 'a function'], [{ next: 1 }, 'an object'], [null, 'null']]],
  ['clock', 'an RxJS scheduler', [[Date, 'a function'], [{ now: () => 1 }, 'an object'], [null, 'null']]],
  ['limits', 'an object', [[5, '5'], [null, 'null'], ['text', '"text"']]],
]; // prettier-ignore
const CASES = WRONG.flatMap(([name, expected, values]) =>
  values.map(([value, came]) => ({ name, expected, value, came })),
);
const transport = () => NEVER;

const ENTRIES: readonly (readonly [string, (options: object) => unknown])[] = [
  ['paginate', (options) => paginate(transport, '/items', options)],
  ['fromPages', (options) => fromPages(() => of({ items: [] }), options)],
  ['with', (options) => paginate(transport, '/items').with(options)],
];

describe.each(ENTRIES)('%s', (where, call) => {
  it.each(CASES)('refuses $name of $came', ({ name, expected, value, came }) => {
    expect(() => call({ [name]: value })).toThrow(
      new TypeError(`${where}: option '${name}' must be ${expected}, got ${came}`),
    );
  });

  it.each([
    'page',
    'retries',
    'concurrencies',
    'prefetches',
    'toString',
    '__proto__',
    'constructor',
  ])('refuses the unknown option %s', (name) => {
    const options: unknown = JSON.parse(`{ ${JSON.stringify(name)}: 1 }`);
    expect(() => call(options as object)).toThrow(TypeError);
    expect(() => call(options as object)).toThrow(
      `${where}: unknown option '${name}'; the options are prefetch, concurrency, pacedBy, `,
    );
  });

  it.each([
    ['emptyPages', -1, 'a whole number, 0 or more, or Infinity', '-1'],
    ['emptyPages', '5', 'a whole number, 0 or more, or Infinity', '"5"'],
    ['redirects', Infinity, 'a whole number, 0 or more', 'Infinity'],
  ])('refuses the limit %s of %p', (name, value, expected, came) => {
    expect(() => call({ limits: { [name]: value } })).toThrow(
      new TypeError(`${where}: limits: option '${name}' must be ${expected}, got ${came}`),
    );
  });

  it.each([
    ['retries', -1, 'a whole number, 0 or more', '-1'],
    ['baseDelay', '9', 'milliseconds, 0 or more', '"9"'],
    ['maxDelay', -1, 'milliseconds, 0 or more', '-1'],
    ['maxRetryAfter', NaN, 'milliseconds, 0 or more', 'NaN'],
    ['statuses', [404, '500'], 'an array of HTTP statuses', 'an array of 2'],
    ['statuses', 500, 'an array of HTTP statuses', '500'],
    ['when', true, 'a function', 'true'],
    ['budget', 0.5, 'a whole number, 0 or more, or Infinity', '0.5'],
    ['respectRateLimit', 1, 'true or false', '1'],
  ])('refuses the retry option %s of %p', (name, value, expected, came) => {
    expect(() => call({ retry: { [name]: value } })).toThrow(
      new TypeError(`${where}: retry: option '${name}' must be ${expected}, got ${came}`),
    );
  });

  it.each([
    [true, 'true'],
    [null, 'null'],
    [3, '3'],
  ])('refuses a retry of %p', (retry, came) => {
    expect(() => call({ retry })).toThrow(
      new TypeError(`${where}: option 'retry' must be an object, or false, got ${came}`),
    );
  });

  it('refuses an unknown limit', () => {
    expect(() => call({ limits: { pages: 3 } })).toThrow(
      new TypeError(
        `${where}: limits: unknown option 'pages'; the options are bodyBytes, jsonDepth, linkHeaderBytes, urlBytes, cursorBytes, emptyPages, redirects`,
      ),
    );
  });

  it.each([[null, 'null'], [5, '5'], ['x', '"x"'], [[], 'an array of 0'], [() => 1, 'a function']])(
    'refuses %p in place of the options',
    (value, came) => {
      const options: unknown = value;
      expect(() => call(options as object)).toThrow(
        new TypeError(`${where}: expected an object of options, got ${came}`),
      );
    },
  ); // prettier-ignore

  it('takes every right option, frozen, and undefined for left out', () => {
    const right = {
      prefetch: 0,
      pacedBy: NEVER,
      resumeFrom: '',
      maxPages: Infinity,
      maxItems: 0,
      timeout: Infinity,
      limits: deepFreeze({ emptyPages: Infinity, redirects: 0 }),
      retry: deepFreeze({ retries: 0, baseDelay: 0, maxRetryAfter: Infinity, statuses: [] }),
      emptyCursor: 'continue',
      signal: new AbortController().signal,
      events: deepFreeze({}),
      clock: undefined,
    };
    const none = Object.fromEntries(Object.keys(right).map((name) => [name, undefined]));
    for (const options of [right, none, {}, { retry: false }]) {
      expect(isPagedObservable(call(Object.freeze(options)))).toBe(true);
    }
  });

  it.each([
    ['a promise', Promise.resolve()],
    ['an array', [1]],
    ['an iterator', new Set([1])],
    ['an asynchronous generator', (async function* () { yield await Promise.resolve(1); })()],
    ['a stream', new ReadableStream()],
    ['what can only be read from', { getReader: () => 1 }],
    ['what can only be awaited', { then: () => 1 }],
    ['what can only be subscribed to', { subscribe: () => 1 }],
  ])('takes %s as a notifier', (_, pacedBy) => {
    expect(isPagedObservable(call({ pacedBy }))).toBe(true);
  }); // prettier-ignore
});

describe('paginate', () => {
  const noRequest =
    'paginate: the request must be a URL as text or an object { url, params, headers ... }, got ';
  const noValue = 'must be a string, a number, true or false, or an array of these, got ';

  it.each([[undefined, 'undefined'], [null, 'null'], [{}, 'an object'], ['/items', '"/items"']])(
    'refuses %p in place of the transport',
    (value, came) => {
      const wrong: unknown = value;
      expect(() => paginate(wrong as () => never, '/items')).toThrow(
        new TypeError(`paginate: the transport must be a function, got ${came}`),
      );
    },
  ); // prettier-ignore

  it.each([
    [{}, "paginate: the request needs a 'url'"],
    [{ url: undefined }, "paginate: the request needs a 'url'"],
    [undefined, `${noRequest}undefined`],
    [null, `${noRequest}null`],
    [5, `${noRequest}5`],
    [[], `${noRequest}an array of 0`],
    [new URL('http://api.test/items'), `${noRequest}an object; of a URL object give its 'href'`],
    [
      new Request('http://api.test/items'),
      `${noRequest}an object; of a Request give its 'url', and what else it is made of`,
    ],
    [{ url: 5 }, "paginate: request: option 'url' must be a string, got 5"],
    [
      { url: '/', params: [] },
      "paginate: request: option 'params' must be a plain object of names and values, got an array of 0",
    ],
    [
      { url: '/', params: new URLSearchParams('a=1') },
      "paginate: request: option 'params' must be a plain object of names and values, got an object",
    ],
    [
      { url: '/', params: { since: new Date(0) } },
      `paginate: request: the parameter 'since' ${noValue}an object`,
    ],
    [
      { url: '/', params: { ids: [1, null] } },
      `paginate: request: the parameter 'ids' ${noValue}an array of 2`,
    ],
    [
      { url: '/', params: { all: () => true } },
      `paginate: request: the parameter 'all' ${noValue}a function`,
    ],
    [
      { url: '/users/{id}', path: { id: { a: 1 } } },
      `paginate: request: the path value 'id' ${noValue}an object`,
    ],
    [
      { url: '/', headers: 'x' },
      `paginate: request: option 'headers' must be a plain object of names and values, got "x"`,
    ],
    [
      { url: '/', headers: new Headers({ accept: 'text/csv' }) },
      "paginate: request: option 'headers' must be a plain object of names and values, got an object",
    ],
    [
      { url: '/', headers: { 'x-page': 1 } },
      "paginate: request: the header 'x-page' must be a string, got 1",
    ],
    [
      { url: '/', headers: { 'x-api-key': undefined } },
      "paginate: request: the header 'x-api-key' must be a string, got undefined",
    ],
    [{ url: '/users/{id}' }, 'The URL /users/{id} needs a path value for {id}, and none was given'],
    [
      { url: '/', path: null },
      "paginate: request: option 'path' must be a plain object of names and values, got null",
    ],
    [{ url: '/', method: 1 }, "paginate: request: option 'method' must be a string, got 1"],
    [
      { url: '/', query: {} },
      "paginate: request: unknown option 'query'; the options are method, url, path, params, headers, body",
    ],
  ])('refuses the request %p', (value, message) => {
    const wrong: unknown = value;
    expect(() => paginate(transport, wrong as string)).toThrow(new TypeError(message));
  });

  it.each([
    ['pagination', null, 'a strategy or an array of strategies', 'null'],
    ['pagination', [], 'a strategy or an array of strategies', 'an array of 0'],
    ['pagination', 'cursor', 'a strategy or an array of strategies', '"cursor"'],
    ['pagination', cursorPagination, 'a strategy or an array of strategies', 'a function'],
    [
      'pagination',
      [cursorPagination(), {}],
      'a strategy or an array of strategies',
      'an array of 2',
    ],
    ['schema', {}, 'a Standard Schema (zod, valibot, arktype ...)', 'an object'],
    ['schema', null, 'a Standard Schema (zod, valibot, arktype ...)', 'null'],
  ])('refuses %s of %p', (name, value, expected, came) => {
    const options: unknown = { [name]: value };
    expect(() => paginate(transport, '/items', options as object)).toThrow(
      new TypeError(`paginate: option '${name}' must be ${expected}, got ${came}`),
    );
  });
});

describe('fromPages', () => {
  it.each([[undefined, 'undefined'], [[], 'an array of 0']])('refuses %p in place of the function', (value, came) => {
    const wrong: unknown = value;
    expect(() => fromPages(wrong as () => never)).toThrow(
      new TypeError(`fromPages: 'fetchPage' must be a function, got ${came}`),
    );
  }); // prettier-ignore

  it.each(['pagination', 'schema'])('has no option %s', (name) => {
    const call = () => fromPages(() => of({ items: [] }), { [name]: undefined });
    expect(call).toThrow(`fromPages: unknown option '${name}'`);
  });
});

describe('with', () => {
  it.each(['pagination', 'schema'])('does not change the %s', (name) => {
    const options: object = { [name]: cursorPagination() };
    expect(() => new ListApi([1]).list().with(options)).toThrow(TypeError);
    expect(() => new ListApi([1]).list().with(options)).toThrow(`with: unknown option '${name}'`);
  });

  it('makes a copy, and leaves the list as it was', () => {
    const api = new ListApi([2, 2, 2]);
    const list = api.list({ maxItems: 5 });
    const copy = list.with({ maxPages: 2 }).with({ maxItems: 3 });

    expect(record(copy).values).toEqual([0, 1, 2]);
    expect(record(list).values).toEqual([0, 1, 2, 3, 4]);
    expect(record(list.with({ maxItems: undefined })).values).toEqual([0, 1, 2, 3, 4]);
    expect(record(list.with({ maxItems: Infinity })).values).toEqual([0, 1, 2, 3, 4, 5]);
    expect(isPagedObservable(copy)).toBe(true);
  });
});
