import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGzip, gzipSync } from 'node:zlib';

import { cursorPagination, isPaginationError, paginate, type WalkOptions } from 'paged-observable';

import { bytes, startHttpServer, type HttpServer } from '../support/http-server';
import { labTransports } from '../support/lab-transports';
import { loadTypescript } from '../support/load-typescript';
import { pause, send, startRawServer, type RawServer, type RawStep } from '../support/raw-server';
import { record } from '../support/recorder';
import type { BombReport } from '../support/walk-bomb';

const MEBIBYTE = 1024 * 1024;
const SCRIPT = join(__dirname, '../support/walk-bomb.ts');

const table = labTransports.map((lab) => [lab.name, lab] as const);

/** A page of one text, of exactly so many bytes. */
function bodyOf(size: number): string {
  const [before, after] = ['{"items":["', '"]}'];
  return before + 'x'.repeat(size - before.length - after.length) + after;
}

/** A page nested so many levels deep. */
function nested(levels: number): string {
  const arrays = levels - 2;
  return `{"items":[${'['.repeat(arrays)}${']'.repeat(arrays)}]}`;
}

describe.each(table)('a walk over %s', (_, { make }) => {
  let server: HttpServer;
  beforeEach(async () => {
    server = await startHttpServer();
  });
  afterEach(() => server.close());

  /** Walks the one page, and says how that ended: the number of items, or the code and how many attempts there were. */
  async function walk(options: WalkOptions = {}, origin = server.origin): Promise<unknown> {
    const pagination = cursorPagination({ items: '/items' });
    const list = paginate(make({}), `${origin}/items`, { pagination, ...options });
    let items = 0;
    return list
      .forEach(() => items++)
      .then(
        () => items,
        (error: unknown) => isPaginationError(error) && [error.code, error.attempts],
      );
  }

  it.each([100, 1000, 65_536, 65_537, 1_000_000])(
    'takes a page of bodyBytes itself: %d',
    async (size) => {
      for (const encoding of ['identity', 'gzip']) {
        const body = encoding === 'gzip' ? gzipSync(bodyOf(size)) : bodyOf(size);
        server.answer(bytes(body, 'application/json', 200, { 'content-encoding': encoding }));

        expect(await walk({ limits: { bodyBytes: size } })).toBe(1);
        expect(await walk({ limits: { bodyBytes: size - 1 } })).toEqual(['BODY_TOO_LARGE', 1]);
      }
      expect(server.requests).toHaveLength(4);
    },
  );

  it('says whose reply is too large', async () => {
    server.answer(bytes(bodyOf(100), 'application/json', 200, { 'x-request-id': 'r-5' }));
    const pagination = cursorPagination({ items: '/items' });
    const limits = { bodyBytes: 99 };
    const list = paginate(make({}), `${server.origin}/items`, { pagination, limits });
    await expect(list.forEach(() => undefined)).rejects.toMatchObject({
      ...{ code: 'BODY_TOO_LARGE', status: 200, requestId: 'r-5' },
      headers: { 'x-request-id': 'r-5', 'content-type': 'application/json' },
    });
  });

  it('counts bytes and not characters', async () => {
    const body = JSON.stringify({ items: ['€'.repeat(1000)] });
    server.answer(bytes(body));
    const size = Buffer.byteLength(body);
    expect(size).toBe(body.length + 2000);

    expect(await walk({ limits: { bodyBytes: size } })).toBe(1);
    expect(await walk({ limits: { bodyBytes: size - 1 } })).toEqual(['BODY_TOO_LARGE', 1]);
  });

  it('takes 64 MiB where nobody says, and a byte more where that is allowed', async () => {
    server.answer(bytes(bodyOf(64 * MEBIBYTE)));
    expect(await walk()).toBe(1);
    server.answer(bytes(bodyOf(64 * MEBIBYTE + 1)));
    expect(await walk()).toEqual(['BODY_TOO_LARGE', 1]);
    expect(await walk({ limits: { bodyBytes: Infinity } })).toBe(1);
  }, 60_000);

  it.each([
    [undefined, 512],
    [10, 10],
    [2000, 2000],
  ])('takes JSON of jsonDepth itself: %j', async (jsonDepth, levels) => {
    server.answer(bytes(nested(levels)));
    expect(await walk({ limits: { jsonDepth } })).toBe(1);
    server.answer(bytes(nested(levels + 1)));
    expect(await walk({ limits: { jsonDepth } })).toEqual(['BAD_CONTENT', 1]);
  });

  it('survives JSON nested 100,000 deep, whatever is allowed', async () => {
    server.answer(bytes(nested(100_000)));
    expect(await walk()).toEqual(['BAD_CONTENT', 1]);
    const allowed = await walk({ limits: { jsonDepth: Infinity } });
    expect([1, 'BAD_CONTENT', 'BAD_SHAPE', 'BAD_JSON']).toContain(
      Array.isArray(allowed) ? allowed[0] : allowed,
    );
  });
});

describe.each(table)('the pauses of a body over %s', (_, { make }) => {
  let server: RawServer | undefined;
  afterEach(() => server?.close());

  const head = send(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const chunk = (text: string) => send(`${text.length.toString(16)}\r\n${text}\r\n`);

  async function walk(steps: readonly RawStep[], options: WalkOptions) {
    server = await startRawServer(() => steps);
    const pagination = cursorPagination({ items: '/items' });
    const list = paginate(make({}), `${server.origin}/items`, {
      ...{ pagination, retry: false },
      ...options,
    });
    const start = performance.now();
    const seen = record(list);
    await new Promise<void>((resolve) => {
      seen.subscription.add(resolve);
    });
    return { seen, took: performance.now() - start };
  }

  it('are a TIMEOUT where one is longer than idleTimeout', async () => {
    const steps = [head, chunk('{"items":['), pause(5000), chunk(']}')];
    const { seen, took } = await walk(steps, { idleTimeout: 300 });

    expect(seen.error.code).toBe('TIMEOUT');
    expect(seen.error.message).toMatch(/^The body paused for \d+ ms/);
    expect(took).toBeGreaterThanOrEqual(300);
    expect(took).toBeLessThan(2500);
  });

  it('may be many where none is that long', async () => {
    const slow = Array.from('[1,2,3,4]').flatMap((text) => [pause(150), chunk(text)]);
    const steps = [head, chunk('{"items":'), ...slow, chunk('}'), send('0\r\n\r\n')];
    const { seen, took } = await walk(steps, { idleTimeout: 1200 });

    expect(seen.values).toEqual([1, 2, 3, 4]);
    expect(took).toBeGreaterThan(1250);
  });

  it('may be as long as the attempt where idleTimeout is Infinity', async () => {
    const steps = [head, chunk('{"items":['), pause(5000)];
    const { seen } = await walk(steps, { idleTimeout: Infinity, timeout: 500 });

    expect(seen.error.message).toMatch(/^No complete reply within 500 ms/);
  });
});

it.each(['fetch', 'axios'])(
  'a small reply over %s that unpacks to 300 MB is refused, without a second attempt or its memory (S7)',
  async (name) => {
    const server = await startHttpServer();
    const bomb = await packed(300);
    expect(bomb.length).toBeLessThan(0.4 * MEBIBYTE);
    server.answer((request, response) => {
      const body = request.url.startsWith('/large') ? bomb : gzipSync('{"items":[]}');
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(body);
    });
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          ...[...loadTypescript, SCRIPT],
          ...[name, `${server.origin}/small`, `${server.origin}/large`],
        ],
        { cwd: join(__dirname, '../..') },
      );
      const { rise, ...outcome } = JSON.parse(stdout) as BombReport;

      expect(outcome).toEqual({ code: 'BODY_TOO_LARGE', attempts: 1 });
      expect(server.requests.map(({ url }) => url)).toEqual(['/small', '/large']);
      expect(rise).toBeLessThan(100_000_000);
      expect(rise).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  },
  120_000,
);

/** So many megabytes of JSON text in gzip. */
async function packed(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => gzip.on('end', resolve));
  gzip.write('{"items":["');
  const text = Buffer.alloc(1_000_000, 'x');
  for (let count = 0; count < megabytes; count++) gzip.write(text);
  gzip.end('"]}');
  await done;
  return Buffer.concat(chunks);
}
