import { checkCode } from '../../lib/codegen/check-code';
import { generateClient } from '../../lib/codegen/generate-client';
import { PaginationError } from '../../lib/core/pagination-error';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { compile, run } from './compile';

const PLANTED = 'globalThis.PLANTED = true';

/** Texts that would become code where they are written as they are. */
const TEXTS: readonly string[] = [
  `*/ ${PLANTED}; /*`,
  `*/\n${PLANTED};\n/**`,
  `'; ${PLANTED}; '`,
  `"]; ${PLANTED}; ["`,
  `\${${PLANTED}} \`\${${PLANTED}}\``,
  `\u2028${PLANTED};\u2029//`,
  `\\'; ${PLANTED}; //\\`,
  `\r\n${PLANTED}\r\n`,
  `@ts-nocheck @ts-ignore\n@ts-expect-error */ // @ts-ignore`,
  `/// <reference path="/etc/passwd" />\n/* @jsx ${PLANTED} */`,
  `}; ${PLANTED}; export class X { constructor() {`,
  `import('node:fs'); require('node:fs'); eval("${PLANTED}")`,
  `__proto__`,
  `constructor(){${PLANTED}}`,
  `\0\u202e</script><!-- ${PLANTED} -->`,
];

const ref = { $ref: '' };

/** A document that has the text in a quarter of the places where documents have text. */
const PLACES: readonly ((text: string) => object)[] = [
  // What is written into comments.
  (text) => ({
    info: { title: text, version: text, description: text },
    summary: text,
    description: text,
    parameter: { description: text },
    schema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          title: text,
          description: text,
          format: text,
          example: text,
          default: text,
        },
      },
      description: text,
    },
  }),
  // What becomes a name.
  (text) => ({
    tags: [text],
    operationId: text,
    schemaName: text,
    parameter: { name: text },
    property: text,
  }),
  // What becomes a value.
  (text) => ({
    path: `/${text}`,
    servers: [{ url: text, variables: { [text]: { default: text, enum: [text] } } }],
    schemes: { [text]: { type: 'apiKey', in: 'header', name: text } },
    schema: {
      type: 'object',
      properties: { id: { enum: [text], 'x-enum-varnames': [text] }, other: { const: text } },
    },
    mediaType: text,
  }),
  // What extensions say, and places where nobody looks.
  (text) => ({
    cursor: text,
    property: text,
    schema: {
      type: text,
      required: [text],
      properties: {
        id: {
          type: 'object',
          additionalProperties: { description: text },
          patternProperties: { [text]: {} },
          discriminator: { propertyName: text },
        },
      },
    },
    'x-extension': { [text]: text },
    externalDocs: { url: text, description: text },
  }),
];

interface Hostile {
  readonly [key: string]: unknown;
}

function documentWith(parts: Hostile): unknown {
  const {
    info = { title: 't', version: '1' },
    servers,
    schemes,
    schemaName = 'Thing',
    path = '/things',
  } = parts;
  const {
    schema = { type: 'object', properties: { id: { type: 'string' } } },
    property = 'data',
    cursor = 'cursor',
  } = parts;
  const {
    parameter = {},
    mediaType,
    tags,
    operationId,
    summary,
    description,
    externalDocs,
  } = parts;
  const name = String(schemaName).replaceAll('~', '~0').replaceAll('/', '~1');
  const reference = { ...ref, $ref: `#/components/schemas/${encodeURIComponent(name)}` };
  const page = {
    type: 'object',
    properties: {
      [String(property)]: { type: 'array', items: reference },
      next: { type: 'string' },
    },
  };
  const operation = {
    ...{ tags, operationId, summary, description, externalDocs },
    parameters: [
      { name: cursor, in: 'query', schema: { type: 'string' } },
      { name: 'other', in: 'query', schema: { type: 'string' }, ...(parameter as object) },
    ],
    requestBody:
      typeof mediaType !== 'string'
        ? undefined
        : { content: { [mediaType]: { schema: reference } } },
    responses: { 200: { description, content: { 'application/json': { schema: page } } } },
    security: [Object.fromEntries(Object.keys(schemes ?? {}).map((one) => [one, []]))],
    'x-speakeasy-pagination': {
      type: 'cursor',
      inputs: [{ name: cursor, in: 'parameters', type: 'cursor' }],
      outputs: { results: `$[${JSON.stringify(property)}]`, nextCursor: '$.next' },
    },
  };
  const document = {
    openapi: '3.1.0',
    ...{ info, servers, externalDocs },
    paths: { [String(path)]: { post: operation } },
    components: { schemas: { [String(schemaName)]: schema }, securitySchemes: schemes },
  };
  // Through text, so that `__proto__` is a name, as it is in documents.
  return JSON.parse(JSON.stringify(document));
}

describe('hostile documents', () => {
  it('sixty of them become clients that compile, run nothing and say nothing else', async () => {
    const all = new Map<string, string>();
    let paged = 0;
    for (const [index, text] of TEXTS.entries()) {
      for (const [place, parts] of PLACES.entries()) {
        const generated = await generateClient(documentWith(parts(text) as Hostile), {
          docs: true,
        });
        paged += generated.paged;
        const client = generated.files.get('index.ts') ?? '';
        const { Api } = run(client) as Record<string, new (transport: unknown) => object>;
        expect(new Api!(() => [])).toBeDefined();
        for (const [name, content] of generated.files) {
          if (name.endsWith('.ts')) all.set(`d${String(index)}-${String(place)}/${name}`, content);
          else expect(content.split('```').length % 2).toBe(1);
        }
      }
    }
    expect(all.size).toBe(120);
    expect(paged).toBe(60);
    expect(compile(all)).toEqual([]);
    expect(globalThis).not.toHaveProperty('PLANTED');
    expect({}).not.toHaveProperty('polluted');
  }, 120_000);

  it('finds every planted text again only inside of strings and comments', async () => {
    const { files } = await generateClient(documentWith(PLACES[0]!(TEXTS[0]!) as Hostile));
    const code = [...files.values()].join('');
    expect(code).toContain('PLANTED');
    const bare = code.replace(/\/\*[^]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '');
    expect(bare).not.toContain('PLANTED');
  });
});

describe('references of hostile documents', () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer();
  });
  afterAll(() => server.close());

  it('reach no server and no file, wherever they stand', async () => {
    const targets = [
      `${server.origin}/a.json#/x`,
      'http://169.254.169.254/latest',
      '/etc/hosts',
      '../../../etc/hosts#/a',
      'file:///etc/hosts',
    ];
    const asked: string[] = [];
    for (const target of targets) {
      const there = { $ref: target };
      const operation = {
        parameters: [there, { name: 'a', in: 'query', schema: there }],
        requestBody: there,
        responses: {
          200: {
            description: '',
            content: {
              'application/json': {
                schema: { properties: { a: there, b: { allOf: [there] }, c: { items: there } } },
              },
            },
          },
        },
      };
      const document = {
        openapi: '3.1.0',
        info: {},
        paths: { '/a': { get: operation }, '/b': there },
      };
      const { files } = await generateClient(document);
      expect([...files.values()].join('')).not.toContain('127.0.0.1 localhost');
      await generateClient(document, { files: (path) => void asked.push(path) });
    }
    expect(server.requests).toEqual([]);
    expect(server.accepted()).toBe(0);
    expect(new Set(asked).size).toBe(targets.length); // the caller is asked, and may refuse
  });
});

describe('checkCode', () => {
  const refused = async (code: string): Promise<string> => {
    try {
      await checkCode(code, 'index.ts');
    } catch (error) {
      if (error instanceof PaginationError) return `${error.code} ${error.message}`;
    }
    return '';
  };

  it.each([
    ['globalThis.PLANTED = 1;', 'BinaryExpression'],
    ['const x = eval("1");', 'CallExpression'],
    ['const x = () => 1;', 'ArrowFunction'],
    ['const x = function () {};', 'FunctionExpression'],
    ['const x = `a`;', 'FirstTemplateToken'],
    ['const x = `${y}`;', 'TemplateExpression'],
    ['const x = new Function("a");', 'NewExpression'],
    ['import fs from "node:fs";', 'ImportDeclaration'],
    ['import "x";', 'ImportDeclaration'],
    ['export * from "x";', 'ExportDeclaration'],
    ['const x = { [a]: 1 };', 'ComputedPropertyName'],
    ['class A { static { x; } }', 'ClassStaticBlockDeclaration'],
    ['class A { get a() { return 1; } }', 'GetAccessor'],
    ['@dec class A {}', 'Decorator'],
    ['if (a) { }', 'IfStatement'],
    ['const x = a.b;', 'PropertyAccessExpression'],
    ['type A = typeof import("fs");', 'LastTypeNode'],
    ['declare global { }', 'ModuleDeclaration'],
    ['enum A { B = 1 }', 'EnumDeclaration'],
    ['const x = a!;', 'NonNullExpression'],
    ['const x = 1 as any;', 'AsExpression'],
    ['a;', 'ExpressionStatement'],
    ['/// <reference path="x" />\n', 'directive'],
    ['/// <reference types="x" />\n', 'directive'],
    ['// @ts-nocheck\n', 'directive'],
    ['// @ts-ignore\nconst x = 1;', 'directive'],
    ['const x = ;', 'no TypeScript'],
    ['*/', 'no TypeScript'],
  ])('refuses %j', async (code, what) => {
    const message = await refused(code);
    expect(message).toMatch(/^SPEC_REJECTED The generated index\.ts holds /);
    expect(message).toContain(what);
  });
});
