import type { Mutant, MutationReport } from './score';

/** A line for each change that nothing noticed: its place, what stood there and what stands there instead. */
export function survivorLines({ files }: MutationReport, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const file = files[name];
    if (file === undefined) return [`${name} is not measured`];
    const lines = file.source.split('\n');
    return file.mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .sort((one, other) => one.location.start.line - other.location.start.line)
      .map((mutant) => lineOf(name, mutant, lines));
  });
}

function lineOf(name: string, mutant: Mutant, lines: readonly string[]): string {
  const { start, end } = mutant.location;
  const text = lines.slice(start.line - 1, end.line);
  // The end is cut first, as the first line may be the last.
  text[text.length - 1] = text.at(-1)?.slice(0, end.column - 1) ?? '';
  text[0] = text[0]?.slice(start.column - 1) ?? '';
  const { status, mutatorName, replacement = mutatorName } = mutant;
  const place = `${name}:${String(start.line)}:${String(start.column)}`;
  return `${place} ${status}: ${short(text.join('\n'))} => ${short(replacement)}`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 90 ? line : `${line.slice(0, 60)} ... ${line.slice(-25)}`;
}
