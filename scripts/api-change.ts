/** What a change of the public face asks of the version (https://semver.org). */
export type Change = 'major' | 'minor' | 'patch';

const RANK: Readonly<Record<Change, number>> = { patch: 0, minor: 1, major: 2 };

export function largest(changes: readonly Change[]): Change {
  return changes.reduce((one, other) => (RANK[other] > RANK[one] ? other : one), 'patch');
}

/**
 * What the difference of two API reports of an entry asks for. What went or reads differently is major. What came is minor: a
 * declaration, an optional member, a member of a class, a further text of a union of texts. A new member that is not optional
 * may break who builds such an object, and is major.
 */
export function apiChange(before: string, after: string): Change {
  const [old, now] = [declarations(before), declarations(after)];
  const changes = [...old].map(([name, text]) => declarationChange(text, now.get(name)));
  const isMore = [...now.keys()].some((name) => !old.has(name));
  return largest([...changes, isMore ? 'minor' : 'patch']);
}

/** The declarations of a report by their first line up to what may change. */
function declarations(report: string): Map<string, readonly string[]> {
  const [, code = ''] = /^```ts\n([^]*?)^```/m.exec(report) ?? [];
  const blocks = code.split(/\n\s*\n/).map((block) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('//')),
  );
  const named = blocks.flatMap((lines) => {
    const [, name] =
      /^(?:export )?(?:declare )?((?:abstract class|class|interface|type|function|const|namespace|enum) [\w$]+)/.exec(
        lines[0] ?? '',
      ) ?? [];
    return name === undefined ? [] : [[name, lines] as const];
  });
  // A function has several declarations, which count in order.
  const counts = new Map<string, number>();
  return new Map(
    named.map(([name, lines]) => {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [`${name} ${String(count)}`, lines];
    }),
  );
}

function declarationChange(
  before: readonly string[],
  after: readonly string[] | undefined,
): Change {
  if (after === undefined) return 'major';
  if (before.join('\n') === after.join('\n')) return 'patch';
  const [oldTexts, newTexts] = [unionOfTexts(before), unionOfTexts(after)];
  if (oldTexts && newTexts)
    return oldTexts.every((text) => newTexts.includes(text)) ? 'minor' : 'major';
  const came = inserted(before, after);
  const isClass = /\bclass\b/.test(after[0] ?? '');
  return came?.every((line) => isClass || /^(?:readonly )?[\w$'"[\]. -]+\?[:(]/.test(line)) === true
    ? 'minor'
    : 'major';
}

/** The members of `type X = 'a' | 'b'`. */
function unionOfTexts(lines: readonly string[]): readonly string[] | undefined {
  const [, members] =
    /^(?:export )?type [\w$]+ = ((?:'[^']*'(?: \| )?)+);$/.exec(lines.join(' ')) ?? [];
  return members?.split(' | ');
}

/** The lines that were put in to make one of the other; none where others went. */
function inserted(before: readonly string[], after: readonly string[]): string[] | undefined {
  const came: string[] = [];
  let at = 0;
  for (const line of after) {
    if (line === before[at]) at++;
    else came.push(line);
  }
  return at === before.length ? came : undefined;
}

/** Whether a version says enough. Before 1.0.0 the second number stands for what breaks, the third for all else. */
export function isEnough(change: Change, released: string, version: string): boolean {
  const [[a0 = 0, a1 = 0, a2 = 0], [b0 = 0, b1 = 0, b2 = 0]] = [
    numbers(released),
    numbers(version),
  ];
  const step: Change | undefined =
    b0 !== a0
      ? b0 > a0
        ? 'major'
        : undefined
      : b1 !== a1
        ? b1 > a1
          ? 'minor'
          : undefined
        : b2 > a2
          ? 'patch'
          : undefined;
  if (step === undefined) return false;
  const asked = a0 === 0 ? (change === 'major' ? 'minor' : 'patch') : change;
  return RANK[step] >= RANK[asked];
}

function numbers(version: string): number[] {
  return (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '').split('.').map(Number);
}
