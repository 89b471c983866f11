/** Trials of a server whose costs are known, with chance that anybody can repeat. */
import { uniform } from '../../plan/index.ts';
import { busyMicrosOf } from './unit-costs.ts';
import { eachKind, type Observation, type OfEachKind } from './work.ts';

/** Microseconds, of the size that a worker has. */
export const PLANTED: OfEachKind = { inbound: 9, delivery: 6, ping: 2, connect: 90, byte: 0.004 };

/** A stream of even numbers from 0 to 1. */
export function drawsOf(seed: number): () => number {
  let drawn = 0;
  return () => uniform(seed, 1, drawn++);
}

/** Trials of one scenario each, so different that every cost can be told; `noise` is the scatter of busy time, ln. */
export function planted(count: number, { seed, noise }: { seed: number; noise: number }): Observation[] {
  const draw = drawsOf(seed);
  return Array.from({ length: count }, () => {
    const scales = { inbound: 50_000, delivery: 90_000, ping: 20_000, connect: 600, byte: 20_000_000 };
    const work = eachKind((kind) => scales[kind] * (0.1 + draw()));
    return { work, busyMicros: busyMicrosOf(PLANTED, work) * Math.exp(noise * normal(draw)) };
  });
}

function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
