import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { protocols } from '../../scripts/tour/protocols';
import { loadTypescript } from '../support/load-typescript';

const root = join(__dirname, '..', '..');

/** What `npm start` runs. */
const tsNode = ['-r', 'ts-node/register/transpile-only'];

function start(...loaded: readonly string[]) {
  const args = [...loaded, 'scripts/start.ts'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n'), stderr, status };
}

describe('npm start', () => {
  let folder = '';
  let whole: ReturnType<typeof start>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paged-observable-start-'));
    whole = start(...tsNode);
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('walks every protocol and ends by itself with all counts as promised', () => {
    const { lines, stderr, status } = whole;
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual([]);
    const told = lines.filter((line) => line.startsWith('ok '));
    expect(told).toContain('ok    dropshot                      250 items, 6 pages, 6 requests');
    const names = told.map((line) => line.slice(6, 36).trim());
    expect(names).toEqual([
      'items',
      ...protocols.map(({ name }) => name),
      ...['pages', 'take(3)', 'slow consumer', 'interrupted, then resumed', 'broken page'],
    ]);
  });

  it('fits 100 columns and has no colours where there is no terminal', () => {
    const { lines } = whole;
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.filter((line) => line.includes('\u001b'))).toEqual([]);
  });

  it('exits 1 and says which when the server saw one request more than promised', () => {
    // Every first page of kneo is asked for twice, by someone else.
    const file = join(folder, 'stray-request.js');
    writeFileSync(
      file,
      `const http = require('node:http');
      const emit = http.Server.prototype.emit;
      let strays = 0;
      http.Server.prototype.emit = function (event, request, response) {
        if (event !== 'request' || !request.url.startsWith('/kneo/') || strays++ > 0) {
          return emit.call(this, event, request, response);
        }
        http.get('http://' + request.headers.host + request.url, (stray) => {
          stray.resume().on('end', () => emit.call(this, event, request, response));
        });
        return true;
      };`,
    );
    const { lines, status } = start(...loadTypescript, '-r', file);
    expect(status).toBe(1);
    const failed = lines.findIndex((line) => line.startsWith('FAIL'));
    expect(lines.slice(failed, failed + 2)).toEqual([
      'FAIL  kneo                          250 items, 5 pages, 6 requests',
      '      expected                      250 items, 5 pages, 5 requests',
    ]);
    expect(lines.at(-2)).toMatch(/^Not as promised: kneo \(1 of 33, in \d+\.\d s\)$/);
  }, 60_000);

  it('exits 1 when an item is missing', () => {
    // The server's list lacks a user where the tour knows it.
    const file = join(folder, 'other-data.js');
    writeFileSync(
      file,
      `const file = ${JSON.stringify(join(root, 'lib/demo/select-users.ts'))};
      const demo = require(file);
      const filterUsers = (users, filter) => demo.filterUsers(users, filter).filter(({ id }) => id !== 'u0000250');
      require.cache[file].exports = { ...demo, filterUsers };`,
    );
    const { lines, status } = start(...loadTypescript, '-r', file);
    expect(status).toBe(1);
    expect(lines).toContain('FAIL  HAL                           249 items, 3 pages, 3 requests');
  }, 60_000);
});
