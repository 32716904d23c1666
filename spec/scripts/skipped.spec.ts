import { skippedLines } from '../../scripts/unit-report';
import { canRun } from '../support/can-run';

describe('what cannot be tested everywhere', () => {
  const before = process.env['CI'];
  let said = '';

  beforeEach(() => {
    said = '';
    delete process.env['CI'];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    if (before !== undefined) process.env['CI'] = before;
  });

  it('runs without a word where nothing is lacking', () => {
    expect(canRun({ of: 'a page', lack: undefined, inCi: true })).toBe(true);
    expect(said).toBe('');
  });

  it('is skipped with what and why on a line that npm test prints once', () => {
    const need = { of: 'a page', lack: 'no browser', inCi: true };
    expect([canRun(need), canRun(need)]).toEqual([false, false]);
    canRun({ of: 'a mount', lack: 'no rights', inCi: false });
    const stderr = `PASS spec/a.spec.ts\n${said}not SKIPPED  by a test\n`;
    expect(skippedLines(stderr)).toEqual([
      'SKIPPED  a page: no browser',
      'SKIPPED  a mount: no rights',
    ]);
  });

  it('is an error in CI, where CI was to install it, and is skipped there for want of rights', () => {
    process.env['CI'] = 'true';
    expect(() => canRun({ of: 'a page', lack: 'no browser', inCi: true })).toThrow(
      new Error('Not to be tested, a page: no browser'),
    );
    expect(canRun({ of: 'a mount', lack: 'no rights', inCi: false })).toBe(false);
    expect(said).toBe('SKIPPED  a mount: no rights\n');
  });
});
