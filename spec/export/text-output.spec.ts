import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';

import { TextOutput } from '../../lib/export/text-output';

const MIB = 1024 * 1024;

/** What is done with an output: text is added, or where it says so a page ends, or all is handed on. */
type Act = string;

/** Plays acts and gives the pieces; where they may not be kept they are copied while they are there. */
async function pieces(acts: readonly Act[], style: { gzip: boolean; kept: boolean }) {
  const given: Buffer[] = [];
  const output = new TextOutput((bytes) => {
    given.push(style.kept ? bytes : Buffer.from(bytes));
    return Promise.resolve();
  }, style);
  for (const act of acts) {
    if (act === 'page end') await output.pageEnd();
    else if (act === 'flush') await output.flush();
    else await output.add(act);
  }
  await output.finish({ isEmpty: given.length === 0 });
  return given;
}

const textOf = (acts: readonly Act[]) =>
  acts.filter((act) => act !== 'page end' && act !== 'flush').join('');

const text = fc
  .tuple(
    fc.constantFrom('x', 'ä', '漢', '😀', 'x\n', '\ud800'),
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 300_000, max: 1_200_000 }) },
    ),
  )
  .map(([unit, count]) => unit.repeat(count));
const acts = fc.array(
  fc.oneof({ weight: 3, arbitrary: text }, fc.constantFrom('page end', 'flush')),
  { maxLength: 12 },
);

describe('TextOutput', () => {
  it.each([
    ['into a file', { gzip: false, kept: false }],
    ['into a stream, which may keep what it is given', { gzip: false, kept: true }],
  ])('hands on the bytes of all text in order, %s', async (_, style) => {
    await fc.assert(
      fc.asyncProperty(acts, async (played) => {
        const given = await pieces(played, style);
        expect(Buffer.concat(given).equals(Buffer.from(textOf(played)))).toBe(true);
        expect(given.filter(({ length }) => length === 0)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('hands on members of gzip, at least one', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (played) => {
        const given = await pieces(played, { gzip: true, kept: true });
        expect(given.length).toBeGreaterThan(0);
        const whole = Buffer.concat(given.map((member) => gunzipSync(member)));
        expect(whole.equals(Buffer.from(textOf(played)))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('gathers small pages, and never more than a piece', async () => {
    const small = [...Array<Act>(10).fill('x'.repeat(10_000))].flatMap((page) => [
      page,
      'page end',
    ]);
    const style = { gzip: false, kept: false };
    expect((await pieces(small, style)).map(({ length }) => length)).toEqual([70_000, 30_000]);
    const large = Array<Act>(300).fill('x'.repeat(8000));
    const lengths = (await pieces(large, style)).map(({ length }) => length);
    expect(lengths).toEqual([1_032_000, 1_032_000, 336_000]);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MIB);
  });
});
