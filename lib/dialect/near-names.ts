/** Names that were perhaps meant: those that hold the wrong one or are held by it, then those of nearly the same letters. */
export function nearNames(wrong: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = wrong.toLowerCase().slice(0, 60);
  const rated = names
    .map((name) => ({ name, distance: distanceOf(wanted, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, name.length / 3));
  rated.sort((a, b) => a.distance - b.distance);
  return rated.slice(0, most).map(({ name }) => name);
}

function distanceOf(wanted: string, name: string): number {
  const isPart = wanted.length > 2 && (name.includes(wanted) || wanted.includes(name));
  return isPart ? 0.5 : edits(wanted, name);
}

/** How many letters have to be changed, put in or taken out (Levenshtein). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let line = 0; line < from.length; line++) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (to[column - 1] === from[line] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
