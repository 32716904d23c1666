import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { generateClient } from '../../lib/codegen/generate-client';
import type { PagedObservable } from '../../lib/core/paged-observable';
import { describeOperations, type DescribeOptions } from '../../lib/openapi/describe-operations';
import type { PaginationDescription } from '../../lib/openapi/pagination-description';
import { parseDocument } from '../../lib/openapi/parse-document';
import { fetchTransport } from '../../lib/transport/fetch';
import { root } from '../../scripts/entries';
import { compile, run } from '../codegen/compile';
import { all } from '../dialect/walks';
import { canRun } from '../support/can-run';
import { startHttpServer, type HttpServer } from '../support/http-server';

/** Documents of real APIs, which are too large for this repository and lie beside it on some machines only. */
const folder = join(root, '..', 'shared', 'openapi');
const areThere = canRun({
  of: 'OpenAPI documents of real APIs',
  lack: existsSync(folder) ? undefined : 'they do not lie beside the project',
  inCi: false,
});
const describeWhereTheyAre = areThere ? describe : describe.skip;

// Megabytes of types are compiled.
jest.setTimeout(300_000);

const options: DescribeOptions = {
  files: (path) => {
    const file = join(folder, 'speakeasy-uber', path);
    return existsSync(file) ? parseDocument(readFileSync(file, 'utf8')) : undefined;
  },
};
const read = (name: string): unknown => parseDocument(readFileSync(join(folder, name), 'utf8'));

const clients = new Map<string, ReturnType<typeof generateClient>>();
/** The client of a document, written once for all tests. */
function clientOf(name: string): ReturnType<typeof generateClient> {
  const known = clients.get(name) ?? generateAnew(name);
  clients.set(name, known);
  return known;
}
function generateAnew(name: string): ReturnType<typeof generateClient> {
  return generateClient(read(name), { ...options, heuristics: name === 'openai.yaml' });
}

/** Operations, paged ones by system, and problems. */
const DOCUMENTS: readonly (readonly [string, number, Record<string, number>, number])[] = [
  ['kittycad.json', 327, { dropshot: 19 }, 0],
  ['dropshot-fixture.json', 1, { dropshot: 1 }, 0],
  // The extension stands 32 times; the reply of one operation is plain text, which has no items.
  ['speakeasy-uber/test.yaml', 508, { speakeasy: 31 }, 1],
  ['dub.yaml', 54, { speakeasy: 4 }, 0],
  ['fern-trueforge.json', 46, { fern: 4 }, 0],
  ['azure-apim.swagger2.json', 100, { azure: 21 }, 0],
  ['azure-custom-base-url-paging.swagger2.json', 3, { azure: 3 }, 0],
  ['datadog-v1.yaml', 235, { datadog: 6 }, 0],
  ['openai.yaml', 288, {}, 0],
];

describeWhereTheyAre('documents of real APIs', () => {
  it.each(DOCUMENTS)('%s: %p operations, paged %p', (name, operations, paged, problems) => {
    const found = describeOperations(read(name), options);
    const systems: Record<string, number> = {};
    for (const { pagination } of found.operations) {
      if (pagination === undefined) continue;
      systems[pagination.system] = (systems[pagination.system] ?? 0) + 1;
    }
    expect(found.operations).toHaveLength(operations);
    expect(systems).toEqual(paged);
    expect(found.problems).toHaveLength(problems);
  });

  it('openai.yaml: its lists by heuristics, each by a cursor after the last item', () => {
    const { operations } = describeOperations(read('openai.yaml'), { heuristics: true });
    const paged = operations.filter(({ pagination }) => pagination !== undefined);
    expect(paged).toHaveLength(51);
    expect(paged.every(({ pagination }) => pagination?.kind === 'cursor')).toBe(true);
  });

  it.each(DOCUMENTS.map(([name]) => name))(
    '%s: its client compiles, and is the same again',
    async (name) => {
      const { files } = await clientOf(name);
      expect(compile(new Map([...files].map(([file, code]) => [`${name}/${file}`, code])))).toEqual(
        [],
      );
      expect([...(await generateAnew(name)).files]).toEqual([...files]);
      expect(Object.keys(run(files.get('index.ts') ?? ''))).toContain('Api');
    },
  );

  describe('lists end to end', () => {
    let server: HttpServer;
    beforeAll(async () => {
      server = await startHttpServer();
    });
    afterAll(() => server.close());

    const ids = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: `i${String(index)}` }));

    /** Answers as the pagination says: seven items in pages of three, found by the position that the request names. */
    function answerBy({ itemsPointer, request, next, rules = {} }: PaginationDescription): void {
      const items = ids(7);
      server.answer((seen, response) => {
        const url = new URL(seen.url, server.origin);
        const after = url.searchParams.get(request.cursor?.name ?? 'from');
        const start = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1;
        const page = items.slice(start, start + 3);
        const last = page.at(-1)?.id;
        const link = new URL(url);
        link.searchParams.set('from', last ?? '');
        const isOver = start + 3 >= items.length;
        const body: Record<string, unknown> = { [itemsPointer.slice(1)]: page };
        if (next?.ofLast === undefined && !isOver) {
          body[next?.pointer.slice(1) ?? ''] = request.cursor === undefined ? link.href : last;
        }
        if (rules.hasMore !== undefined) body[rules.hasMore.slice(1)] = !isOver;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(body));
      });
    }

    type Lists = Record<string, Record<string, (args: object) => PagedObservable<{ id: string }>>>;

    const azure = {
      subscriptionId: 's',
      resourceGroupName: 'r/g',
      serviceName: 'n',
      apiId: 'a',
      'api-version': '2016-07-07',
    };
    it.each([
      ['kittycad.json', 'apiCalls', 'userListApiCalls', 'user_list_api_calls', { limit: 3 }],
      ['kittycad.json', 'apiTokens', 'listApiTokensForUser', 'list_api_tokens_for_user', {}],
      [
        'kittycad.json',
        'apiCalls',
        'listApiCallsForUser',
        'list_api_calls_for_user',
        { id: 'a b' },
      ],
      ['openai.yaml', 'batch', 'listBatches', 'listBatches', { limit: 3 }],
      ['openai.yaml', 'assistants', 'listRuns', 'listRuns', { thread_id: 't' }],
      ['openai.yaml', 'chat', 'listChatCompletions', 'listChatCompletions', {}],
      ['azure-apim.swagger2.json', 'apis', 'apisListByService', 'Apis_ListByService', azure],
      [
        'azure-apim.swagger2.json',
        'apiOperations',
        'apiOperationsListByApi',
        'ApiOperations_ListByApi',
        azure,
      ],
      [
        'azure-apim.swagger2.json',
        'apiProducts',
        'apiProductsListByApi',
        'ApiProducts_ListByApi',
        azure,
      ],
    ])('%s: %s.%s', async (name, group, method, operationId, args) => {
      const document = read(name);
      const settings = { ...options, heuristics: name === 'openai.yaml' };
      const { operations } = describeOperations(document, settings);
      answerBy(operations.find((one) => one.operationId === operationId)!.pagination!);
      const { Api } = run((await clientOf(name)).files.get('index.ts') ?? '') as Record<
        string,
        new (transport: unknown, options: object) => Lists
      >;
      const api = new Api!(fetchTransport(), { server: server.origin });
      const taken =
        name.startsWith('azure') && method === 'apisListByService'
          ? { ...args, apiId: undefined }
          : args;
      const given = Object.fromEntries(
        Object.entries(taken).filter(([, value]) => value !== undefined),
      );
      server.requests.length = 0;
      expect(await all(api[group]![method]!(given))).toEqual(ids(7));
      expect(server.requests).toHaveLength(3);
      if (name.startsWith('azure')) {
        const versions = server.requests.map(({ url }) =>
          new URL(url, server.origin).searchParams.getAll('api-version'),
        );
        expect(versions).toEqual([['2016-07-07'], ['2016-07-07'], ['2016-07-07']]);
      }
    });
  });
});
