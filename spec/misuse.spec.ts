import { of } from 'rxjs';

import * as face from 'paged-observable';

const { openaiPagination, paginate, singlePage, ...rest } = face;
const reply = { status: 200, headers: {}, url: 'http://api.test/', body: [] };
const transport = () => of(reply);
const pagination = singlePage();
const list = paginate(transport, '/items', { pagination });

type Call = (...given: never[]) => unknown;

/** What is given, each argument right. Classes are made by the library. */
const RIGHT: Readonly<Record<string, readonly [Call, readonly unknown[]]>> = {
  paginate: [paginate, [transport, '/items', { pagination }]],
  fromPages: [rest.fromPages, [() => of({ items: [] }), {}]],
  isPagedObservable: [rest.isPagedObservable, [list]],
  isPaginationError: [rest.isPaginationError, [list]],
  cursorPagination: [rest.cursorPagination, [{}]],
  linkPagination: [rest.linkPagination, [{}]],
  numberPagination: [rest.numberPagination, [{}]],
  offsetPagination: [rest.offsetPagination, [{}]],
  singlePage: [singlePage, [{}]],
  choosePagination: [rest.choosePagination, [[pagination]]],
  lastItemPagination: [rest.lastItemPagination, [{ param: 'after' }]],
  contentRangePagination: [rest.contentRangePagination, [{}]],
  contentRange: [rest.contentRange, ['total']],
  lastItem: [rest.lastItem, ['/id']],
  linkIn: [rest.linkIn, ['/links', 'next', '/href']],
  listIn: [rest.listIn, ['/_embedded']],
  joined: [rest.joined, ['/a', '/b']],
  members: [rest.members, [{ a: '/a' }]],
  not: [rest.not, ['/last']],
  plus: [rest.plus, ['/page', 1]],
  unless: [rest.unless, ['/next', -1]],
  when: [rest.when, ['/total', '/relation', 'eq']],
  apimaticPagination: [rest.apimaticPagination, [{ type: 'page', input: '$request.query#/page', result: '$response.body#/data' }, {}]],
  arcnmPagination: [rest.arcnmPagination, [{}]],
  dropshotPagination: [rest.dropshotPagination, [{}]],
  halPagination: [rest.halPagination, [{}]],
  jsonApiPagination: [rest.jsonApiPagination, [{}]],
  kneoPagination: [rest.kneoPagination, [{}]],
  odataPagination: [rest.odataPagination, [{}]],
  relayPagination: [rest.relayPagination, [{ connection: '/data/users' }]],
  detectPagination: [rest.detectPagination, [{}]],
  explainPagination: [(...given) => String(rest.explainPagination(...(given as unknown as Parameters<typeof face.explainPagination>))), ['/items', reply]],
  requestUrl: [rest.requestUrl, [{ url: '/items' }, 'http://api.test']],
  'openaiPagination.page': [openaiPagination.page, [{}]],
  'openaiPagination.cursor': [openaiPagination.cursor, [{}]],
  'openaiPagination.conversation': [openaiPagination.conversation, [{}]],
  with: [list.with.bind(list), [{}]],
  consume: [list.consume.bind(list), [() => of(1), {}]],
}; // prettier-ignore

const WRONG: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['5', 5],
  ["''", ''],
  ["'x'", 'x'],
  ['true', true],
  ['a symbol', Symbol('x')],
  ['a function', () => undefined],
  ['{}', {}],
  ['[]', []],
  ['[{}]', [{}]],
  ['[null]', [null]],
  ['a URL', new URL('http://api.test/')],
  ['a Request', new Request('http://api.test/')],
];

/** What V8 says where a value is not what the code took it for. */
const RAW =
  /Cannot (?:read|set|convert|destructure|use)|is not (?:a function|iterable|an object|a constructor)|undefined \(|reduce of empty|Invalid (?:URL|array)/;

function saidBy(call: Call, given: readonly unknown[]): string | undefined {
  try {
    call(...(given as never[]));
    return undefined;
  } catch (error) {
    return String(error);
  }
}

describe('misuse', () => {
  it('is tried on every function of the entry', () => {
    const isClass = (name: string) => /^[A-Z]/.test(name);
    const names = Object.keys(face).filter((name) => name !== 'openaiPagination' && !isClass(name));
    const tried = Object.keys(RIGHT).filter((name) => name in face);
    expect(tried.sort()).toEqual(names.sort());
  });

  it.each(Object.entries(RIGHT))('of %s is told in words of its own', (_, [call, right]) => {
    expect(saidBy(call, right)).toBeUndefined();
    for (const [place] of right.entries()) {
      for (const [name, value] of WRONG) {
        const said = saidBy(call, Object.assign([...right], { [place]: value }));
        // No error at all is right too, where the value will do.
        if (said === undefined) continue;
        expect([place, name, said]).toEqual([place, name, expect.stringMatching(/^TypeError: /)]);
        expect([place, name, said]).toEqual([place, name, expect.not.stringMatching(RAW)]);
      }
    }
  });

  it.each<readonly [string, () => unknown, string]>([
    ['no strategies', () => rest.choosePagination(undefined as never), 'choosePagination: expected an array of strategies, got undefined'],
    ['one strategy in place of several', () => rest.choosePagination(pagination as never), 'choosePagination: expected an array of strategies, got an object'],
    ['no strategy among them', () => rest.choosePagination([null as never]), 'choosePagination: expected an array of strategies, got an array of 1'],
    ['nothing to walk with', () => list.with(undefined as never), 'with: expected an object of options, got undefined'],
    ['null to walk with', () => list.with(null as never), 'with: expected an object of options, got null'],
    ['a misspelled option', () => list.with({ maxpages: 1 } as never), "with: unknown option 'maxpages'; the options are prefetch"],
    ['no needed options', () => rest.lastItemPagination(undefined as never), 'lastItemPagination: expected an object of options, got undefined'],
    ['no needed options', () => rest.relayPagination(undefined as never), 'relayPagination: expected an object of options, got undefined'],
    ['another part', () => rest.contentRange('unit' as never), `contentRange: expected 'total' or 'first' or 'last', got "unit"`],
    ['no pointer', () => rest.lastItem(5 as never), 'lastItem: expected a JSON pointer, empty or beginning with "/", got 5'],
    ['no pointer', () => rest.linkIn(undefined as never, 'next'), 'linkIn: links: expected a JSON pointer, empty or beginning with "/", got undefined'],
    ['no relation', () => rest.linkIn('/links', undefined as never), 'linkIn: rel: expected a string, got undefined'],
    ['no pointer', () => rest.listIn({} as never), 'listIn: expected a JSON pointer, empty or beginning with "/", got an object'],
    ['no selectors', () => rest.members(null as never), 'members: expected an object of selectors, got null'],
    ['a list of selectors', () => rest.members(['/a'] as never), 'members: expected an object of selectors, got an array of 1'],
    ['no request', () => rest.explainPagination(undefined as never, reply), 'explainPagination: expected a URL or a request { url, ... }, got undefined'],
    ['no reply', () => rest.explainPagination('/items', [] as never), 'explainPagination: expected a reply { status, headers, body, url }, got an array of 0'],
    ['no value', () => rest.unless('/next', undefined as never), 'unless: expected a text, number or flag, got undefined'],
    ['no value', () => rest.when('/total', '/relation', {} as never), 'when: expected a text, number or flag, got an object'],
  ])('says what was expected: %s', (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  }); // prettier-ignore
});
