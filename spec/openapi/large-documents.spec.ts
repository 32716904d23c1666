import { describeOperations } from '../../lib/openapi/describe-operations';
import { parseDocument } from '../../lib/openapi/parse-document';
import { list, object, TEXT } from './api-document';

jest.setTimeout(120_000);

/** A document of as many paged operations as wanted, each with schemas of its own: 4,000 of them have 2.4 MB. */
function documentText(size: number): string {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (let index = 0; index < size; index++) {
    const name = `Thing${String(index)}`;
    const schema = { $ref: `#/components/schemas/${name}ResultsPage` };
    paths[`/things/${String(index)}`] = {
      get: {
        operationId: `list_${String(index)}`,
        parameters: ['limit', 'page_token'].map((one) => ({
          name: one,
          in: 'query',
          schema: TEXT,
        })),
        responses: { 200: { content: { 'application/json': { schema } } } },
        'x-dropshot-pagination': { required: [] },
      },
    };
    schemas[name] = object({ id: TEXT });
    schemas[`${name}ResultsPage`] = object({
      items: list({ $ref: `#/components/schemas/${name}` }),
      next_page: TEXT,
    });
  }
  return JSON.stringify({ openapi: '3.1.0', paths, components: { schemas } });
}

/** Milliseconds of this process' own work; the least of three, as other work on the machine only adds. */
function cost(work: () => void): number {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

describe('large documents', () => {
  it('are read in time linear in their size: 8 times the operations cost at most 20 times as much', () => {
    const costs = [500, 1_000, 2_000, 4_000].map((size) => {
      const text = documentText(size);
      return cost(() => {
        const { operations, problems } = describeOperations(parseDocument(text));
        expect(operations.filter(({ pagination }) => pagination !== undefined)).toHaveLength(size);
        expect(problems).toEqual([]);
      });
    });
    // A quadratic reader would cost 64 times as much.
    expect(costs[3]! / costs[0]!).toBeLessThan(20);
  });
});
