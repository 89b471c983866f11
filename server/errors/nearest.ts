/** What somebody most likely meant who wrote a name that does not exist. */

/** Most letters a typo may differ by. */
const MOST_CHANGES = 3;

/** The known name that takes the fewest changes of a letter to come from this one; undefined when there is none. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, changes: countChanges(name, candidate) }));
  return ranked.toSorted((one, other) => one.changes - other.changes)[0]?.candidate;
}

/** The end of a sentence that refuses a name: asks about the nearest one if it is near, or says nothing. */
export function suggest(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  const most = Math.min(MOST_CHANGES, Math.ceil(name.length / 3)); // of three letters, three changes leave nothing
  const isNear = candidate !== undefined && countChanges(name, candidate) <= most;
  return isNear ? `; did you mean "${candidate}"?` : '';
}

/** Letters to insert, delete or replace to get from one word to the other, whatever their case (Levenshtein). */
function countChanges(one: string, other: string): number {
  const [from, to] = [one.toLowerCase(), other.toLowerCase()];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
