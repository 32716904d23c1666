import { readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('an overload of paginate', () => {
  it('has a comment of its own, for an editor shows that of the one which is called', () => {
    const code = readFileSync(join(__dirname, '../../lib/paginate.ts'), 'utf8');
    // The last one is the implementation, which nobody sees.
    const overloads = code.split(/^export function paginate\b/m).slice(0, -2);
    expect(overloads).toHaveLength(7);
    for (const before of overloads) expect(before.trimEnd()).toMatch(/\*\/$/);
  });
});
