import { apiChange, isEnough, type Change } from '../../scripts/api-change';
import { committedSizes, grown } from '../../scripts/size-table';

const report = (...declarations: string[]) =>
  `## API Report\n\n\`\`\`ts\n\n${declarations.map((text) => `// @public\n${text}`).join('\n\n')}\n\n\`\`\`\n`;

const options =
  'export interface Options {\n    readonly a?: number | undefined;\n    readonly b: string;\n}';
const verb = 'export function verb(options?: Options): void;';

describe('what a change of the API report asks of the version', () => {
  it.each<[string, Change, string[], string[]]>([
    ['nothing for the same', 'patch', [options, verb], [options, verb]],
    ['nothing for another order', 'patch', [options, verb], [verb, options]],
    ['nothing for a doc comment', 'patch', [verb], [`// (undocumented)\n${verb}`]],
    ['a minor one for a new declaration', 'minor', [verb], [verb, options]],
    [
      'a minor one for a new overload',
      'minor',
      [verb],
      [verb, 'export function verb(one: 1): void;'],
    ],
    ['a major one for a declaration that went', 'major', [verb, options], [verb]],
    ['a major one for a new signature', 'major', [verb], [verb.replace('?', '')]],
    [
      'a minor one for an optional member',
      'minor',
      [options],
      [options.replace('}', '    readonly c?: 1;\n}')],
    ],
    [
      'a major one for a member that is not',
      'major',
      [options],
      [options.replace('}', '    readonly c: 1;\n}')],
    ],
    [
      'a major one for a member that went',
      'major',
      [options],
      [options.replace(/ {4}readonly b.*\n/, '')],
    ],
    [
      'a minor one for a method of a class',
      'minor',
      ['export class A {\n}'],
      ['export class A {\n    one(): void;\n}'],
    ],
    [
      'a minor one for a further code',
      'minor',
      ["export type Code = 'A' | 'B';"],
      ["export type Code = 'A' | 'C' | 'B';"],
    ],
    [
      'a major one for a code that went',
      'major',
      ["export type Code = 'A' | 'B';"],
      ["export type Code = 'A';"],
    ],
  ])('is %s', (_, change, before, after) => {
    expect(apiChange(report(...before), report(...after))).toBe(change);
  });

  it('is a minor one for a new entry and a major one for an entry that went', () => {
    expect([apiChange('', report(verb)), apiChange(report(verb), '')]).toEqual(['minor', 'major']);
  });

  it.each<[Change, string, string, boolean]>([
    ['patch', '1.2.3', '1.2.4', true],
    ['minor', '1.2.3', '1.2.4', false],
    ['minor', '1.2.3', '1.3.0', true],
    ['major', '1.2.3', '1.3.0', false],
    ['major', '1.2.3', '2.0.0', true],
    ['patch', '1.2.3', '1.2.3', false],
    ['patch', '1.2.3', '1.1.9', false],
    ['major', '0.2.3', '0.2.4', false],
    ['major', '0.2.3', '0.3.0', true],
    ['minor', '0.2.3', '0.2.4', true],
  ])('%s: from %s to %s is enough: %s', (change, released, version, enough) => {
    expect(isEnough(change, released, version)).toBe(enough);
  });
});

describe('the table of sizes', () => {
  const size = (gzipped: number) => ({ minified: 0, gzipped, lazy: 0 });
  const committed = committedSizes(
    '| `a`   | 300 | 1000 | 0 | |\n| `a + b` | 30  | 200 | 5 | 8 (missed) |\n',
  );

  it('names what grew by more than one in a hundred, and what it does not know', () => {
    expect(
      grown(committed, [
        ['a', size(1010)],
        ['a + b', size(100)],
      ]),
    ).toEqual([]);
    expect(
      grown(committed, [
        ['a', size(1011)],
        ['a + b', size(203)],
        ['c', size(1)],
      ]),
    ).toEqual([
      'a grew from 1000 to 1011 bytes',
      'a + b grew from 200 to 203 bytes',
      'c is not in etc/sizes.md',
    ]);
  });
});
