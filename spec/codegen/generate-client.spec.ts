import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generateClient } from '../../lib/codegen/generate-client';
import { parseDocument } from '../../lib/openapi/parse-document';
import { documentOf, INTEGER, list, object, TEXT } from '../openapi/api-document';
import { clientOf, compile, run } from './compile';

const text = readFileSync(join(__dirname, '../openapi/documents/harbour.yaml'), 'utf8');
const harbour = parseDocument(text);
const golden = join(__dirname, '../golden/harbour');

// The first test of a file loads the compiler and all that it knows of the platform.
jest.setTimeout(120_000);

/** The document with the members of every object in the opposite order, but for those whose order is the order of properties. */
function reordered(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => reordered(one));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, reordered(one, name)] as const);
  return Object.fromEntries(key === 'properties' ? entries : entries.reverse());
}

describe('generateClient', () => {
  // `GOLDEN=update npx jest spec/codegen/generate` writes the files anew.
  it('writes what is in spec/golden, byte for byte', async () => {
    const { files, operations, paged, problems } = await generateClient(harbour, { docs: true });
    expect({ operations, paged, problems: problems.length }).toEqual({
      operations: 10,
      paged: 8,
      problems: 1,
    });
    expect([...files.keys()]).toEqual(['index.ts', 'schemas.ts', 'ENDPOINTS.md']);
    for (const [name, content] of files) {
      const file = join(golden, name);
      if (process.env['GOLDEN'] === 'update') {
        mkdirSync(golden, { recursive: true });
        writeFileSync(file, content);
      }
      expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(content);
    }
  });

  it('writes the same whatever the order of paths and schemas', async () => {
    const { files } = await generateClient(harbour);
    const other = await generateClient(reordered(harbour));
    expect([...other.files]).toEqual([...files]);
  });

  it('writes types that compile for names that every object inherits', async () => {
    const names = Object.getOwnPropertyNames(Object.prototype);
    const properties = Object.fromEntries(
      names.map((name) => [name, { type: 'object', properties: { [name]: TEXT } }]),
    );
    const thing = { type: 'object', required: ['valueOf'], properties };
    const variant = { allOf: [{ $ref: '#/components/schemas/Thing' }], required: ['toString'] };
    const parameters = names.map((name) => ({ name, in: 'query', schema: TEXT }));
    const responses = { 200: { content: { 'application/json': { schema: variant } } } };
    const { files } = await generateClient({
      openapi: '3.1.0',
      paths: { '/x': { get: { operationId: 'x', parameters, responses } } },
      components: {
        schemas: { Thing: thing, Choice: { type: 'string', enum: [...names, 'own_'] } },
      },
    });
    const use = `import { type Api, type Thing } from './index.js';
      export const calls = (api: Api) => api.default.x();
      export const texts = ({ valueOf, isPrototypeOf }: Thing) => [valueOf.valueOf, isPrototypeOf?.isPrototypeOf];`;
    expect(compile(new Map([...files, ['use.ts', use]]))).toEqual([]);
    const schemas = files.get('schemas.ts') ?? '';
    for (const name of names) expect(schemas).toMatch(new RegExp(`^ {12}${name}\\??: `, 'm'));
    expect(schemas).not.toContain('own_');
  });

  it('keeps names where operations are added', async () => {
    const operation = { operationId: 'list-things', responses: {} };
    const one = { openapi: '3.0.0', paths: { '/a': { get: operation } } };
    const more = {
      ...one,
      paths: { '/0': { get: { ...operation, operationId: 'other' } }, ...one.paths },
    };
    for (const document of [one, more]) {
      const { files } = await generateClient(document);
      expect(files.get('index.ts')).toContain('  listThings(args: Record<string, never> = {}');
    }
  });

  it('tells names apart that collide, by what they name', async () => {
    const get = (operationId?: string) => ({ get: { operationId, responses: {} } });
    const paths = {
      '/a': get('list_things'),
      '/b': get('listThings'),
      '/c': get('LIST things'),
      '/d': get('constructor'),
      '/e': get('__proto__'),
      '/f': get('a;b'),
      '/g': get('delete'),
      '/h/{id}': get(),
      '/h/id': get(),
      '/i': get('then'),
      '/j': get('日本'),
      '/k': get(''),
      '/l': get('same'),
      '/m': get('same'),
      '/n': get('1st'),
    };
    const document = { openapi: '3.0.0', paths };
    const files = await clientOf(document);
    expect(compile(files)).toEqual([]);
    const names = (code: string) =>
      [...code.matchAll(/^ {2}(\w+)\(args/gm)].map(([, name]) => name);
    const found = names(files.get('api/index.ts') ?? '');
    expect(found).toHaveLength(15);
    expect(new Set(found).size).toBe(15);
    expect(found).toEqual(
      expect.arrayContaining([
        'listThings',
        'constructor_',
        'proto',
        'aB',
        'delete',
        'then_',
        '_1st',
        'getHById',
        'getHId',
      ]),
    );
    const other = await clientOf(reordered(document));
    expect(names(other.get('api/index.ts') ?? '')).toEqual(found);
  });

  it('compiles where schemas are recursive, circular, mixed or odd', async () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas: Record<string, unknown> = {
      Tree: object({
        children: list(ref('Tree')),
        parent: ref('Tree'),
        byName: { additionalProperties: ref('Tree') },
      }),
      A: ref('B'),
      B: ref('A'),
      Self: ref('Self'),
      Nest: list(ref('Nest')),
      Json: {
        oneOf: [
          TEXT,
          INTEGER,
          list(ref('Json')),
          { type: 'object', additionalProperties: ref('Json') },
        ],
      },
      All: { allOf: [ref('All'), object({ x: TEXT })], required: ['x', 'y'] },
      Base: { type: 'object', properties: { id: TEXT }, required: ['id'] },
      Derived: {
        allOf: [ref('Base'), { properties: { n: INTEGER }, required: ['n', 'id'] }],
        nullable: true,
      },
      Record: object({
        constructor: TEXT,
        'a;b': TEXT,
        'with space': INTEGER,
        $ref: object({}),
        properties: object({}),
      }),
      'Odd name/x~y': { type: ['array', 'null'], items: [TEXT, INTEGER] },
      OddName: { type: 'object', additionalProperties: true, properties: { a: INTEGER } },
      Mixed: { enum: ['a', 1, null, true, { x: 1 }, -2.5], description: '*/' },
      Empty: {},
      Nothing: false,
      Anything: true,
      Broken: {
        type: 'nonsense',
        properties: [],
        items: 'x',
        allOf: {},
        required: true,
        enum: 'x',
      },
      Map: { type: 'object', additionalProperties: { type: 'string', nullable: true } },
      Disc: { oneOf: [ref('Base'), ref('Derived')], discriminator: { propertyName: 'kind' } },
    };
    const properties = Object.fromEntries(
      Object.keys(schemas).map((name) => [
        name,
        {
          $ref: `#/components/schemas/${name.replace('~', '~0').replace('/', '~1').replace(' ', '%20')}`,
        },
      ]),
    );
    const files = await clientOf(
      documentOf({ schema: object(properties), root: { components: { schemas } } }),
    );
    expect(compile(files)).toEqual([]);
    const types = files.get('api/schemas.ts') ?? '';
    expect(types).toContain('children?: components["schemas"]["Tree"][];');
    expect(types).toContain('Mixed: "a" | 1 | null | true | -2.5;');
  });

  it('gives items their type: a wrong name of a field is an error of the compiler', async () => {
    const files = new Map(await clientOf(harbour));
    const use = (line: string) => `import { Api } from './api/index.js';
declare const api: InstanceType<typeof Api>;
${line}
`;
    files.set(
      'good.ts',
      use(`api.berths.listBerths({ size: 2 }).subscribe((berth) => { const id: string = berth.id; void id; });
api.berths.listBerths().pages().subscribe((page) => {
  const kind: 'number' = page.kind; const next: number | undefined = page.nextPageNumber; const total: number | undefined = page.body.total;
  void [kind, next, total];
});
api.cargo.listManifests().pages().subscribe((page) => { const kind: 'link' | 'number' = page.kind; void kind; });
api.berths.getBerth({ id: 'x' }).subscribe((berth) => { const depth: number | undefined = berth.depth; void depth; });
void api.cargo.searchCargo({ body: { paging: { after: 1 } } });`),
    );
    const bad = [
      'api.berths.listBerths().subscribe((berth) => { void berth.ids; });',
      'api.berths.listBerths({ sizes: 2 });',
      'api.berths.listBerths({ size: "2" });',
      'api.berths.getBerth();',
      'api.berths.listBerths().pages().subscribe((page) => { void page.nextCursor; });',
      'api.berths.listBerths().pages().subscribe((page) => { void page.body.totals; });',
      'api.berths.getBerth({ id: "x" }).subscribe((berth) => { void berth.deep; });',
      'api.cargo.searchCargo({ body: { paging: { after: "x" } } });',
    ];
    bad.forEach((line, index) => files.set(`bad${String(index)}.ts`, use(line)));
    const messages = compile(files);
    expect(messages.filter((message) => !message.startsWith('bad'))).toEqual([]);
    expect(messages.map((message) => message.slice(0, 4))).toEqual(
      bad.map((_, index) => `bad${String(index)}`),
    );
  });

  it('imports without doing anything, and can be constructed', async () => {
    const code = (await clientOf(harbour)).get('api/index.ts') ?? '';
    const { Api, BerthsApi } = run(code) as Record<
      string,
      new (transport: unknown) => Record<string, unknown>
    >;
    const transport = jest.fn();
    expect(Object.keys(new Api!(transport))).toEqual([
      'berths',
      'billing',
      'cargo',
      'events',
      'logbook',
      'pilots',
      'tides',
      'vessels',
    ]);
    expect(new BerthsApi!(transport)).toHaveProperty('listBerths');
    expect(transport).not.toHaveBeenCalled();
    expect(() => new Api!('no transport')).toThrow('ApiCaller: the transport must be a function');
  });

  it('writes a client of nothing for a document of nothing', async () => {
    const files = await clientOf({ openapi: '3.1.0', info: {}, paths: {} });
    expect(compile(files)).toEqual([]);
  });
});
