import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PaginationError, type ErrorCode } from 'paged-observable';

import { RetryBudget } from '../../lib/flow/retry-budget';
import { RetryPolicy } from '../../lib/flow/retry-policy';
import { exceptionsTable } from '../../scripts/guide/exceptions-table';
import { soakTable } from '../../scripts/guide/soak-table';
import { faultCases } from '../support/fault-cases';
import { optionDefaults } from '../support/option-defaults';

const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'guide', 'reliability.md'), 'utf8');
const sources = optionDefaults();

/** The cells of the first table below a heading, without its head. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, below = ''] = guide.split(`\n${heading}\n`);
  const [, table = ''] = /(?:^|\n)(\|[^]*?)(?:\n\n|$)/.exec(below) ?? [];
  const [, , ...rows] = table.split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands between a marker and its end. */
function generated(command: string): string | undefined {
  return new RegExp(`<!-- ${command} -->\n\n([^]*?)\n\n<!-- end -->`).exec(guide)?.[1];
}

describe('a table in the guide is what the command prints:', () => {
  it.each([
    ['npm run faults -- --exceptions', exceptionsTable],
    ['npm run soak -- --list', soakTable],
  ])('%s', (command, table) => {
    expect(generated(command)).toBe(table());
  });
});

describe('the promises', () => {
  const ids = [...guide.matchAll(/`npm run faults -- ([^`-]+)`/g)].flatMap(([, words = '']) =>
    words.split(' '),
  );

  it('are shown by cases that the fault lab has', () => {
    const unknown = ids.filter(
      (id) => !faultCases.some((one) => `${one.id} `.startsWith(`${id} `)),
    );
    expect(unknown).toEqual([]);
    expect(ids.length).toBeGreaterThan(20);
  });
});

describe('the default in the guide', () => {
  const rows = ['### What is asked for again', '### Bounds', '### Policies'].flatMap((heading) =>
    tableUnder(heading).flatMap(([names = '', cell = '']) =>
      names.split(', ').map((name) => [name.replaceAll('`', ''), cell] as const),
    ),
  );
  // Judged by what the code does, below.
  const judged = ['retry.when', 'retry.baseDelay'];

  it.each(rows.filter(([name]) => !judged.includes(name)))(
    'of %s is that of the code: %s',
    (option, cell) => {
      const name = option.split('.').at(-1) ?? '';
      const inDocs = sources.inDocs.get(name);
      const stated = [
        ...(sources.inCode.get(name) ?? []),
        ...(inDocs === undefined ? [] : [inDocs]),
      ];
      const values = stated.map((value) =>
        typeof value === 'string' ? readDefault(value) : value,
      );
      // Where nothing is stated at all there is no default.
      const wanted = readDefault(cell);
      expect(values).toEqual(
        wanted === 'none'
          ? stated.map(() => 'none')
          : (Array(Math.max(1, stated.length)).fill(wanted) as unknown[]),
      );
    },
  );

  it('stands there for every option that has one', () => {
    const names = rows.map(([option]) => option.split('.').at(-1));
    const elsewhere = ['prefetch', 'concurrency', 'clock']; // nothing to do with trouble
    const lacking = [...sources.inDocs.keys()].filter((name) => !names.includes(name));
    expect(lacking).toEqual(elsewhere);
  });

  const policy = () => new RetryPolicy({}, new RetryBudget(Infinity), () => 1);
  const judge = (code: ErrorCode, status?: number) =>
    policy().judge(new PaginationError(code, '', { status }), [], 0);
  const cellOf = (option: string) => rows.find(([name]) => name === option)?.[1];

  it('of retry.baseDelay is what is waited', () => {
    const [usual, throttled] = [503, 429].map((status) => judge('HTTP_STATUS', status));
    expect([usual, throttled]).toMatchObject([{ waitMs: 250 }, { waitMs: 1000 }]);
    expect(cellOf('retry.baseDelay')).toBe('250; 1,000 after a 429');
  });

  it('of retry.statuses are the statuses that are asked again', () => {
    const asked = Array.from({ length: 600 }, (_, status) => status).filter(
      (status) => judge('HTTP_STATUS', status).retry,
    );
    expect(readDefault(cellOf('retry.statuses') ?? '')).toBe(asked.join(', '));
  });

  it('of retry.when are the codes that are asked again', () => {
    const asked = sources.codes.filter((code) => judge(code as ErrorCode).retry);
    expect(namesIn(cellOf('retry.when') ?? '').sort()).toEqual([...asked].sort());
  });
});

describe('the codes in the guide', () => {
  const rows = tableUnder('## Errors');
  const [, reserved = ''] = /\n((?:`[A-Z_]+`(?:, | and )?)+) are reserved/.exec(guide) ?? [];

  it('are those of errors, each once', () => {
    const told = [...rows.flatMap(([code = '']) => namesIn(code)), ...namesIn(reserved)];
    expect(told.sort()).toEqual([...sources.codes].sort());
  });

  it('have a star where they are asked again', () => {
    const starred = rows.filter(([, what = '']) => what.endsWith('*')).flatMap(([code = '']) => namesIn(code)); // prettier-ignore
    const [retried = ''] = tableUnder('### What is asked for again')
      .filter(([name]) => name === '`retry.when`')
      .map(([, cell]) => cell);
    expect(starred.sort()).toEqual(namesIn(retried).sort());
  });

  it('are names that the sources use nowhere else', () => {
    const codes = namesIn(guide.slice(guide.indexOf('## Errors'), guide.indexOf('## Going on')));
    expect(codes.filter((code) => !sources.codes.includes(code))).toEqual([]);
  });
});

/** Words in capitals within backticks. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map(([, name = '']) => name);
}

/** A default as the guide or a doc comment writes it, as the sources would. */
function readDefault(text: string): unknown {
  const [first = ''] = text.replaceAll('`', '').split(/[:;]|, (?:beside|and)/);
  // How the sources write that there is none.
  if (['', 'Infinity', 'none'].includes(first)) return 'none';
  const plain = first.trim().replaceAll(/(\d)[,_](?=\d{3})/g, '$1');
  const [, size, unit] = /^(\d+) (K|M)iB$/.exec(plain) ?? [];
  if (size !== undefined) return Number(size) * (unit === 'K' ? 1024 : 1024 * 1024);
  if (/^\d+$/.test(plain)) return Number(plain);
  return plain.replaceAll(/(\d+) to (\d+)/g, (_, from: string, to: string) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_one, at) => Number(from) + at).join(
      ', ',
    ),
  );
}
