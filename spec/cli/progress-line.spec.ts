import { ProgressLine, progressText } from '../../lib/cli/progress-line';

const reached = { rows: 1250, pages: 6, items: 2250, totalCount: 10_000 };

describe('ProgressLine', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function terminal(isTTY: boolean, columns = 80) {
    const written: string[] = [];
    return { isTTY, columns, written, write: (text: string) => written.push(text) };
  }

  it('tells items, pages, rate and how much of the total is reached, resumed items included', () => {
    expect(progressText(reached, 0.5)).toBe('1,250 items  6 pages  2,500 items/s  22 % of 10,000');
    expect(progressText({ ...reached, totalCount: undefined }, 0.5)).toBe(
      '1,250 items  6 pages  2,500 items/s',
    );
  });

  it('draws one line over and over and takes it away at the end', () => {
    const tty = terminal(true);
    const line = new ProgressLine(tty, () => reached);
    expect(tty.written).toEqual([]);
    jest.advanceTimersByTime(400);
    line.stop();
    jest.advanceTimersByTime(1000);
    expect(tty.written).toHaveLength(3);
    expect(tty.written[0]).toMatch(/^\r\u001b\[2K1,250 items {2}6 pages/);
    expect(tty.written[2]).toBe('\r\u001b[2K');
  });

  it('draws the whole line where the terminal has no size', () => {
    const tty = terminal(true, 0);
    const line = new ProgressLine(tty, () => ({ ...reached, rows: 1, pages: 1 }));
    jest.advanceTimersByTime(200);
    line.stop();
    expect(tty.written[0]).toMatch(/1 item {2}1 page {2}[\d,]+ items\/s {2}22 % of 10,000$/);
  });

  it('is out of the way while something else is written', () => {
    const tty = terminal(true, 20);
    const line = new ProgressLine(tty, () => reached);
    jest.advanceTimersByTime(200);
    line.clear();
    line.clear();
    expect(tty.written).toEqual([
      '\r\u001b[2K1,250 items  6 pages'.slice(0, 5 + 19),
      '\r\u001b[2K',
    ]);
    line.stop();
  });

  it('writes nothing where there is no terminal', () => {
    const pipe = terminal(false);
    const line = new ProgressLine(pipe, () => reached);
    jest.advanceTimersByTime(1000);
    line.stop();
    expect(pipe.written).toEqual([]);
  });
});
