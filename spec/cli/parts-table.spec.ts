import { LiveBlock } from '../../lib/cli/live-block';
import { exportLine, partLines, type PartView } from '../../lib/cli/parts-table';
import { RateMeter } from '../../lib/cli/rate-meter';
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
});
