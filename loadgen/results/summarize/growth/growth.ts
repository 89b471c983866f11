/**
 * Whether a target keeps more and more memory. What a process holds goes up until it collects its garbage and then
 * down, so a line through all of it says most about when that happened. What it comes down to tells what it keeps: the
 * stretch is cut into parts, and each process counts in each by its lowest.
 */
import type { Probe } from '../../record/index.ts';
import { megabytes } from '../../second.ts';
import { type Point, slopeThrough } from './line.ts';

/** Parts of a stretch: long enough for collections to fall into each, enough of them for an interval. */
const PARTS = 12;

/** How memory grew. */
export interface Growth {
  mbPerSecond: number;
  /** Megabytes in the whole stretch: the interval that holds the truth in 95 of 100 cases. Null for too few seconds. */
  totalMB: { low: number; high: number } | null;
}

/** Tells how the memory of all processes grew between the first probe and the last; null where there is no line. */
export function growthOf(probes: readonly Probe[]): Growth | null {
  const [first, last] = [probes[0]?.second ?? 0, probes.at(-1)?.second ?? 0];
  const slope = slopeThrough(floorsOf(probes, first, (last + 1 - first) / PARTS));
  if (slope === null) return null;
  const { value, interval } = slope;
  const length = last - first;
  const totalMB = interval && { low: interval.low * length, high: interval.high * length };
  return { mbPerSecond: value, totalMB };
}

/** What all processes came down to in each part: seconds, megabytes. */
function floorsOf(probes: readonly Probe[], first: number, length: number): Point[] {
  const parts = Array.from({ length: PARTS }, () => new Map<string, number>());
  const names = new Set<string>();
  for (const { second, processes } of probes) {
    const part = parts[Math.floor((second - first) / length)];
    for (const { role, id, rssBytes } of processes) {
      const name = `${role} ${id}`;
      names.add(name);
      part?.set(name, Math.min(rssBytes, part.get(name) ?? rssBytes));
    }
  }
  return parts.flatMap((part, index): Point[] => {
    // A process that told nothing would look like memory that was given back.
    if (part.size === 0 || part.size < names.size) return [];
    const bytes = [...part.values()].reduce((sum, each) => sum + each, 0);
    return [[first + (index + 0.5) * length, megabytes(bytes)]];
  });
}
