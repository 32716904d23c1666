import { detectPagination } from '../../lib/detect/detect-pagination';
import { dialectFile, dialectFiles, originsOf } from '../support/dialect-file';
import { judgeDetection } from '../support/judge-detection';

const files = dialectFiles();
const detectable = files.filter((file) => file.detectable);
const others = files.filter((file) => !file.detectable);

describe('detection, over the files of real APIs', () => {
  it('is tried on all of them', () => {
    expect(detectable).toHaveLength(150);
    expect(others).toHaveLength(29);
  });

  it.each(detectable.map((file) => [file.id, file] as const))(
    'walks %s exactly: items, requests and end',
    async (_, file) => {
      const allowedOrigins = originsOf(file).slice(1);
      const judged = await judgeDetection(file, detectPagination, { allowedOrigins });
      expect(judged).toMatchObject({ outcome: 'exact', why: '' });
    },
  );

  it.each(
    detectable.flatMap((file) => (originsOf(file).length > 1 ? [[file.id, file] as const] : [])),
  )('goes to no other origin for %s unless it is allowed', async (_, file) => {
    const judged = await judgeDetection(file, detectPagination);
    expect(judged).toMatchObject({ outcome: 'refused', error: { code: 'CROSS_ORIGIN' } });
    expect(judged.requests).toBe(1);
  });

  it.each(others.map((file) => [file.id, file] as const))(
    'refuses %s after one request, and says what it saw and what would do',
    async (_, file) => {
      const judged = await judgeDetection(file, detectPagination);
      expect(judged).toMatchObject({
        outcome: 'refused',
        requests: 1,
        error: { code: 'PROTOCOL' },
      });
      expect(judged.error?.itemsEmitted).toBe(0);
      const { itemsPointer } = file.expect;
      expect(judged.error?.message).toContain(itemsPointer === '' ? 'the body' : itemsPointer);
      expect(judged.error?.message).toMatch(/\b[a-zA-Z]+Pagination\(\{/);
    },
  );

  it('finds the same with no pagination named at all', async () => {
    const judged = await judgeDetection(dialectFile('github-issues'));
    expect(judged).toMatchObject({ outcome: 'exact', why: '' });
  });
});
