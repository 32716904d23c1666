import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { version } from '../../package.json';
import { STRATEGY_CHOICES } from '../../lib/cli/strategy-choices';
import { demoServer } from '../demo/demo-client';

import { cli } from './run-cli';

describe('usage of the command', () => {
  const server = demoServer();
  const { run, folder } = cli();

  it.each([
    ['--follow merge', '--follow needs --strategy, one of link'],
    [
      '--strategy cursor --follow merge',
      '--follow does not go with --strategy cursor; it goes with link',
    ],
    [
      '--strategy dropshot --items /x',
      '--items does not go with --strategy dropshot; it goes with link, cursor, number, offset, single, kneo',
    ],
    ['--strategy cursor --limit 5', '--limit needs --limit-param with --strategy cursor'],
    ['--strategy relay', '--strategy relay needs --connection'],
    ['--strategy apimatic', '--strategy apimatic needs --x-pagination'],
    [
      '--strategy apimatic --x-pagination {',
      '--x-pagination: expected JSON, and its argument is none',
    ],
    [
      '--strategy apimatic --x-pagination {}',
      "--x-pagination: 'type' must be one of offset, page, cursor, link, got undefined",
    ],
    [
      '--strategy number --items rows',
      '--items must be a JSON pointer such as /data/items, or \'$response.headers#/name\', got "rows"',
    ],
    [
      '--strategy number --limit 0 --limit-param n',
      "option '--limit <n>' argument '0' is invalid. Expected a whole number, 1 or more.",
    ],
    [
      '--strategy cursor --in path --param at',
      'expected {at} in the URL of the request, got "http://127.0.0.1:',
    ],
    ['--dialect github --strategy link', '--dialect and --strategy: give one of them'],
    ['--dialect github --limit 5', '--limit does not go with --dialect'],
    ['--dialect githup', `--dialect: there is none named "githup"; near to it: 'github'`],
    [
      '--dialect github --items rows',
      "--items must be a JSON pointer, '$response.headers#/name' or an object",
    ],
    ['--data {} --method get', '--data: a GET request has no body'],
    ['--data @/none/such', '--data: the file /none/such cannot be read (ENOENT)'],
    [
      '--max-items -1',
      "option '--max-items <n>' argument '-1' is invalid. Expected a whole number, 0 or more.",
    ],
    [
      '--strategy dropshot --page-size 20:10',
      "option '--page-size <min:max[:ms]>' argument '20:10' is invalid. Expected min:max or min:max:target",
    ],
    [
      '--strategy link --page-size 10:20',
      "option 'pageSize' is for lists paged by cursor or offset; this one is paged by link",
    ],
    ['--select id', '--select: expected a JSON pointer such as /id'],
    ['-H nonsense', "--header: expected 'Name: value', got something else (not shown)"],
    ['--path x', '--path: expected name=value'],
    ['--json', "unknown option '--json'"],
    ['--unknown=hush', "unknown option '--unknown=***'"],
    [
      '--strategy nope',
      "option '--strategy <name>' argument 'nope' is invalid. Allowed choices are",
    ],
    ['more', "too many arguments for 'items'. Expected 1 argument but got 2."],
  ])('refuses items URL %s with where the help is and without a request', async (args, message) => {
    const ran = await run('items', `${server().url}/link/users`, ...args.split(' '));
    expect(ran.stdout).toBe('');
    expect(ran.stderr.split('\n', 1)[0]).toContain(`paged-observable: ${message}`);
    expect(ran.stderr.split('\n').slice(1)).toEqual([
      'Usage: paged-observable items [options] <url>',
      'Help:  paged-observable items --help',
      '',
    ]);
    expect(ran.exitCode).toBe(2);
    expect(server().requestCount()).toBe(0);
  });

  it.each([
    ['items', "missing required argument 'url'"],
    ['items not-a-url', '<url>: expected an absolute URL, http:// or https://'],
    ['items file:///etc/passwd', '<url>: expected an absolute URL, http:// or https://'],
    ['pages http://127.0.0.1 --select /id', "unknown option '--select' (did you mean --dialect?)"],
    [
      'serve-demo --port 65536',
      "option '--port <n>' argument '65536' is invalid. Expected a whole number, 0 to 65535.",
    ],
    ['nothing', "unknown command 'nothing'"],
    ['itmes', "unknown command 'itmes' (did you mean items?)"],
    ['jobs strat', "unknown command 'strat' (did you mean start?)"],
    ['items --slect /id', "unknown option '--slect' (did you mean --select?)"],
  ])('refuses %s', async (args, message) => {
    const ran = await run(...args.split(' '));
    expect(ran.stdout).toBe('');
    expect(ran.stderr.split('\n', 1)[0]).toBe(`paged-observable: ${message}`);
    expect(ran.stderr).toMatch(/\nUsage: (paged-observable[ \w-]*) [^\n]+\nHelp: {2}\1 --help\n$/);
    expect(ran.exitCode).toBe(2);
  });

  it('shows the help on stderr when no command is given', async () => {
    const ran = await run();
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^Usage: paged-observable/);
    expect(ran.exitCode).toBe(2);
  });

  it('prints its version', async () => {
    expect(await run('--version')).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
  });

  it.each([
    ['--help'],
    ['items', '--help'],
    ['pages', '--help'],
    ['serve-demo', '--help'],
    ['help', 'items'],
  ])('prints help that fits 100 columns: %s %s', async (...args) => {
    const ran = await run(...args);
    expect(ran.stderr).toBe('');
    expect(ran.exitCode).toBe(0);
    const tooWide = ran.stdout.split('\n').filter((line) => line.length > 100);
    expect(tooWide).toEqual([]);
    expect(ran.stdout).toContain('Exit codes:');
    if (args[0] !== '--help') expect(ran.stdout).toContain('Examples:');
  });

  it('names every strategy in the help of items', async () => {
    const { stdout } = await run('items', '--help');
    const named = Object.keys(STRATEGY_CHOICES).filter((name) => stdout.includes(`\n  ${name} `));
    expect(named).toEqual(Object.keys(STRATEGY_CHOICES));
  });

  it('never shows the text of a file that should have been JSON or headers', async () => {
    const file = join(folder(), 'secret.txt');
    writeFileSync(file, 'planted-s3cret');
    const url = `${server().url}/link/users`;
    for (const args of [
      ['--data', `@${file}`],
      ['--header-file', file],
    ]) {
      const { stdout, stderr, exitCode } = await run('items', url, ...args);
      expect(stdout + stderr).not.toContain('planted');
      expect(exitCode).toBe(2);
    }
  });
});
