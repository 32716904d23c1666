import type { ExportProgress } from 'paged-observable/export';

import { barText, ExportProgressBar, spanOf } from '../../lib/cli/export-progress';

const reached = (rows: number, totalCount?: number, resumed = 0) => ({
  rows,
  pages: 4,
  items: rows + resumed,
  totalCount,
});

const progress: ExportProgress = {
  type: 'progress',
  rows: 1500,
  pages: 15,
  committedRows: 1500,
  newRows: 500,
  totalCount: 3000,
  elapsedMs: 1,
};

describe('the progress of an export', () => {
  it('has a bar, the rate of this run and the time left where the total is known', () => {
    expect(barText(reached(500, 3000, 1000), 10)).toBe(
      '[##########..........] 1,500 rows  4 pages  50 rows/s  50 % of 3,000  30 s left',
    );
    expect(barText(reached(3000, 3000), 10)).toBe(
      '[####################] 3,000 rows  4 pages  300 rows/s  100 % of 3,000',
    );
    expect(barText(reached(4000, 3000), 10)).toBe(
      '[####################] 4,000 rows  4 pages  400 rows/s  100 % of 3,000',
    );
  });

  it('has neither where it is not, and does not divide by nothing', () => {
    expect(barText(reached(1), 1)).toBe('1 row  4 pages  1 rows/s');
    expect(barText(reached(0, 0), 0)).toBe('0 rows  4 pages  0 rows/s');
    expect(barText(reached(0, 10), 0)).toBe(
      '[....................] 0 rows  4 pages  0 rows/s  0 % of 10',
    );
  });

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [61, '1 min 1 s'],
    [3600, '1 h 0 min'],
    [7384, '2 h 3 min'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(spanOf(seconds)).toBe(text);
  });

  describe('over time', () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('is a line now and then where nobody looks on, with nothing that acts on a terminal', () => {
      const written: string[] = [];
      const bar = new ExportProgressBar({ write: (text) => written.push(text) }, 1000);
      jest.advanceTimersByTime(1000);
      expect(written).toEqual([]); // nothing has come yet
      bar.move(progress);
      jest.advanceTimersByTime(1000);
      bar.stop();
      jest.advanceTimersByTime(5000);
      expect(written).toEqual([
        'paged-observable: 1,500 rows, 15 pages, 250 rows/s, 50 % of 3,000, 6 s left\n',
      ]);
    });

    it('is drawn over and over on a terminal, and leaves nothing behind', () => {
      const written: string[] = [];
      const terminal = { isTTY: true, columns: 40, write: (text: string) => written.push(text) };
      const bar = new ExportProgressBar(terminal, 1000);
      bar.move(progress);
      jest.advanceTimersByTime(400);
      bar.stop();
      jest.advanceTimersByTime(5000);
      const line = '\r\x1b[2K[##########..........] 1,500 rows  15 p';
      expect(written).toEqual([line, line, '\r\x1b[2K']);
    });
  });
});
