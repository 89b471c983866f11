/** A run's measured phases in blocks of ten seconds: what intervals are resampled from. */
import { addShapes, type Run, type Second, type Shape } from '../../loadgen/results/index.ts';

/**
 * Long enough that a stall or a collection of garbage seldom spans two of them: neighbours must be nearly independent,
 * or intervals come out too narrow.
 */
export const BLOCK_SECONDS = 10;

/** What is summed up of a block. */
export interface Block {
  seconds: number;
  answered: number;
  pushed: number;
  /** Core seconds of the target, over the seconds that were probed. */
  targetCores: number;
  probed: number;
  generatorCores: number;
  shapes: { response: Shape; push: Shape; lateness: Shape };
}

/** Cuts the measured phases into blocks; what is left at the end of a phase and shorter than half a block is not one. */
export function blocksOf({ header, timeline }: Run): Block[] {
  const measured = header.phases.filter((phase) => phase.measured ?? phase.name === 'steady');
  return measured.flatMap(({ start, end }) => {
    const groups = new Map<number, Second[]>();
    for (const second of timeline) {
      if (second.second < start || second.second >= end) continue;
      const index = Math.floor((second.second - start) / BLOCK_SECONDS);
      groups.set(index, [...(groups.get(index) ?? []), second]);
    }
    return [...groups.values()].map(blockOf).filter(({ seconds }) => seconds >= BLOCK_SECONDS / 2);
  });
}

function blockOf(parts: readonly Second[]): Block {
  const sum = (of: (second: Second) => number): number =>
    parts.reduce((total, second) => total + of(second) * (second.seconds ?? 1), 0);
  const shape = (name: keyof Block['shapes']): Shape =>
    addShapes(parts.map(({ shapes }) => shapes?.[name] ?? []));
  return {
    seconds: sum(() => 1),
    answered: sum(({ answered }) => answered),
    pushed: sum(({ pushed }) => pushed),
    targetCores: sum(({ probe }) =>
      (probe?.processes ?? []).reduce((cores, each) => cores + each.cpuCores, 0),
    ),
    probed: sum(({ probe }) => (probe === null ? 0 : 1)),
    generatorCores: sum(({ generator }) => generator.cpuCores),
    shapes: { response: shape('response'), push: shape('push'), lateness: shape('lateness') },
  };
}
