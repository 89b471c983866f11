/**
 * Which windows of a block count. Windows come in pairs of neighbours, one of each build; a disturbed window takes
 * its neighbour with it, since half a pair would upset the balance that cancels drift.
 */
import type { Block, Entry, Mode } from '../measurements/index.ts';
import { modes } from '../measurements/index.ts';
import { type Disturbance, disturbances, type Guards } from './guards.ts';

/** One attempt at a pair. */
export interface Pair {
  readonly mode: Mode;
  /** Place of its first window. */
  readonly position: number;
  readonly attempt: number;
  readonly entries: readonly Entry[];
  /** What disturbed it, with the window that was; empty when it counts. */
  readonly disturbed: readonly { readonly entry: Entry; readonly by: readonly Disturbance[] }[];
}

/** Sorts the windows of a block into the attempts at its pairs, in the order of time. */
export function pairsOf(block: Block, guards: Guards): Pair[] {
  const pairs = new Map<string, Entry[]>();
  for (const entry of block.entries) {
    const key = `${entry.mode} ${pairStart(entry)} ${entry.attempt}`;
    pairs.set(key, [...(pairs.get(key) ?? []), entry]);
  }
  return [...pairs.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const disturbed = entries
      .map((entry) => ({ entry, by: disturbances(entry.window, entry.mode, guards) }))
      .filter(({ by }) => by.length > 0);
    return { mode: first.mode, position: pairStart(first), attempt: first.attempt, entries, disturbed };
  });
}

/** Gives the windows that count; undefined when a pair has none, and the block has to be measured again. */
export function keptEntries(
  block: Block,
  { guards, windows }: { guards: Guards; windows: number },
): Entry[] | undefined {
  const whole = pairsOf(block, guards).filter(isWhole);
  const kept: Entry[] = [];
  for (const mode of modes) {
    for (let position = 0; position < windows; position += 2) {
      const pair = whole.find((one) => one.mode === mode && one.position === position);
      if (pair === undefined) return undefined;
      kept.push(...pair.entries);
    }
  }
  return kept;
}

/** Tells whether both windows of an attempt were measured and nothing disturbed them. */
export function isWhole({ entries, disturbed }: Pair): boolean {
  return entries.length === 2 && disturbed.length === 0;
}

function pairStart({ position }: Entry): number {
  return position - (position % 2);
}
