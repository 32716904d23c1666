import { namedBy } from '../../scripts/mutation/named-tests';
import { scoresOf, type Mutant, type MutationReport } from '../../scripts/mutation/score';
import { survivorLines } from '../../scripts/mutation/survivors';
import { scoreTable } from '../../scripts/mutation/table';

const mutant = (status: Mutant['status'], from = 1, to = from): Mutant => ({
  status,
  mutatorName: 'BlockStatement',
  replacement: '{}',
  location: { start: { line: from, column: 5 }, end: { line: to, column: 9 } },
});
const report: MutationReport = {
  files: {
    'lib/flow/drift.ts': {
      source: 'one two three\nfour five six\n',
      mutants: [
        mutant('Survived', 2),
        mutant('NoCoverage', 1, 2),
        mutant('Killed'),
        mutant('Killed'),
        mutant('Timeout'),
        mutant('Ignored'),
        mutant('CompileError'),
      ],
    },
    'lib/core/field.ts': { source: 'text', mutants: [mutant('Killed')] },
  },
};

describe('the table of mutation testing', () => {
  it('counts what became of the changes of each file, the lowest score last', () => {
    expect(scoreTable(scoresOf(report))).toEqual([
      '| file         | noticed | without end | survived | not run | score   |',
      '| ------------ | ------- | ----------- | -------- | ------- | ------- |',
      '| `core/field` | 1       | 0           | 0        | 0       | 100.0 % |',
      '| `flow/drift` | 2       | 1           | 1        | 1       | 60.0 %  |',
    ]);
  });

  it('shows what stood where a change survived, in the order of the lines', () => {
    expect(survivorLines(report, ['lib/flow/drift.ts', 'lib/core/json.ts'])).toEqual([
      'lib/flow/drift.ts:1:5 NoCoverage: two three four fiv => {}',
      'lib/flow/drift.ts:2:5 Survived:  fiv => {}',
      'lib/core/json.ts is not measured',
    ]);
  });
});

describe('the tests named by a pattern', () => {
  it('are those whose whole names stand in it', () => {
    const isNamed = namedBy(String.raw`(a \(b\)\|\(c\))|(a \$1\.)`);
    expect(['a (b)|(c)', 'a $1.', 'a', 'a $1', 'A $1.', '(c)'].map(isNamed)).toEqual([
      ...[true, true],
      ...[false, false, false, false],
    ]);
  });

  it('are all where there is none', () => {
    expect([namedBy(undefined)('a'), namedBy('')('a')]).toEqual([true, true]);
  });
});
