import { LiveBlock } from '../../lib/cli/live-block';
import { exportLine, exportLines, partLines, type PartView } from '../../lib/cli/parts-table';
import { RateMeter } from '../../lib/cli/rate-meter';
import { cutToWidth, textWidth } from '../../lib/cli/text-width';
import type { ExportStatus } from '../../lib/queue';

const changedAt = new Date(0);
function part(index: number, rest: Partial<PartView>): PartView {
  const basis = { name: `part ${String(index)}`, transport: 'api', rows: 0, pages: 0, tries: 1 };
  return { index, ...basis, state: 'waiting', lease: 1, changedAt, ...rest };
}
const status: ExportStatus = {
  id: 'users',
  state: 'running',
  parts: { waiting: 2, running: 1, done: 4, failed: 1, cancelled: 0 },
  rows: 12_000,
  pages: 120,
  totalCount: 80_000,
  description: { transport: 'api', request: '/', sink: { kind: 'table', table: 't' } },
  notes: [],
  createdAt: changedAt,
};

describe('the table of parts', () => {
  it('tells rows, pages, rate, time left and what went wrong', () => {
    const error = { code: 'HTTP_STATUS', message: 'gone\u001b[2J' } as const;
    const parts = [
      part(0, { state: 'done', rows: 1000, plannedRows: 1000, pages: 10, error }),
      part(1, {
        state: 'running',
        rows: 400,
        plannedRows: 1000,
        pages: 4,
        rate: 200,
        worker: 'a:1',
      }),
      part(2, { state: 'failed', tries: 5, error }),
      part(3, { state: 'waiting', tries: 2, rate: 100, error }),
      part(4, {}),
    ];
    expect(partLines(parts)).toEqual([
      'part  name    state     rows     of  pages  rows/s  left  tries',
      '   0  part 0  done     1,000  1,000     10',
      '   1  part 1  running    400  1,000      4     200   3 s         a:1',
      '   2  part 2  failed       0             0                    5  HTTP_STATUS: gone\\u{1b}[2J',
      '   3  part 3  waiting      0             0                    2  HTTP_STATUS: gone\\u{1b}[2J',
      '   4  part 4  waiting      0             0',
    ]);
  });

  const wide = [
    part(0, {
      name: 'https://api.example/users?tenant=a 1,000 rows from 0',
      state: 'running',
      rows: 400,
      plannedRows: 1000,
      pages: 4,
      rate: 200,
      tries: 3,
      worker: 'machine.example:4711',
    }),
    part(1, { name: '東京のユーザー一覧表', state: 'done', rows: 12_000, plannedRows: 12_000 }),
  ];

  it('gives way where a terminal has no room for all', () => {
    expect(partLines(wide, 79)).toEqual([
      'part  name              state      rows  rows/s  left',
      '   0  https:/…s from 0  running     400     200   3 s  machine.example:4711',
      '   1  東京のユーザー一  done     12,000',
    ]);
    expect(partLines(wide, 39)).toEqual([
      'part  name      state      rows  rows/s',
      '   0  htt…om 0  running     400     200',
      '   1  東京の…   done     12,000',
    ]);
    for (let room = 24; room < 200; room++) {
      const widths = partLines(wide, room).map(textWidth);
      expect([room, widths.every((width) => width <= room)]).toEqual([room, true]);
    }
    expect(partLines(wide, 200)).toEqual(partLines(wide));
  });

  it('tells how far an export is in as many lines as it takes', () => {
    expect(exportLines(status, 1000, 39)).toEqual([
      'users: running;',
      '4 of 8 parts done, 1 running, 2 waiting, 1 set aside;',
      '12,000 rows of 80,000 (15 %);',
      '120 pages; 1,000 rows/s; 1 min 8 s left',
    ]);
    expect(exportLines(status, 1000)).toEqual([exportLine(status, 1000)]);
  });

  it('says in a line how far an export is', () => {
    expect(exportLine(status, 1000)).toBe(
      'users: running; 4 of 8 parts done, 1 running, 2 waiting, 1 set aside; 12,000 rows of 80,000 (15 %); 120 pages; 1,000 rows/s; 1 min 8 s left',
    );
    expect(exportLine({ ...status, totalCount: undefined }, 0)).toBe(
      'users: running; 4 of 8 parts done, 1 running, 2 waiting, 1 set aside; 12,000 rows; 120 pages; 0 rows/s',
    );
  });
});

describe('RateMeter', () => {
  it('measures over the last moments, from the second look on', () => {
    const meter = new RateMeter();
    expect(meter.rate('a', 500, 0)).toBeUndefined();
    expect(meter.rate('a', 600, 1000)).toBe(100);
    expect(meter.rate('b', 0, 1000)).toBeUndefined();
    expect(meter.rate('a', 700, 2000)).toBe(100);
    expect(meter.rate('a', 700, 60_000)).toBe(0);
    expect(meter.rate('a', 1700, 61_000)).toBeCloseTo(1000 / 59);
    // What was before the pause counts no more.
    expect(meter.rate('a', 2700, 76_000)).toBe(2000 / 16);
  });
});

describe('LiveBlock', () => {
  it('draws over what it has drawn, within the terminal', () => {
    const written: string[] = [];
    const terminal = { columns: 6, rows: 4, write: (text: string) => written.push(text) };
    const block = new LiveBlock(terminal);
    block.draw(['one', 'a long line', 'three', 'four']);
    block.draw(['two']);
    block.clear();
    block.clear();
    expect(written).toEqual(['one\na lon\nthree\n', '\x1b[3A\x1b[0Jtwo\n', '\x1b[1A\x1b[0J', '']);
  });

  it('counts columns and not characters, so that no line goes on to the next', () => {
    const written: string[] = [];
    const terminal = { columns: 8, rows: 24, write: (text: string) => written.push(text) };
    const block = new LiveBlock(terminal);
    block.draw([
      '一二三四五',
      'e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301',
      '👍👍👍👍',
    ]);
    block.draw([]);
    expect(written).toEqual([
      '一二三\ne\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301\n👍👍👍\n',
      '\x1b[3A\x1b[0J',
    ]);
  });

  it('takes away the lines that a narrower window has broken', () => {
    const written: string[] = [];
    const terminal = { columns: 40, rows: 24, write: (text: string) => written.push(text) };
    const block = new LiveBlock(terminal);
    block.draw(['x'.repeat(39), 'short', '']);
    terminal.columns = 20;
    block.draw(['x'.repeat(39)]);
    expect(block.width).toBe(19);
    terminal.columns = 0;
    expect(block.width).toBe(79);
    expect(written[1]).toBe(`\x1b[4A\x1b[0J${'x'.repeat(19)}\n`);
  });
});

describe('cutToWidth', () => {
  it('leaves what fits', () => {
    expect(['', 'ab', '東', 'a東'].map((text) => cutToWidth(text, 2))).toEqual([
      '',
      'ab',
      '東',
      'a',
    ]);
  });
});
