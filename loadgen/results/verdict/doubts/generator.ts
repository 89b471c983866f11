/**
 * Whether the generator spoilt what it measured. The lines are drawn from runs that were starved in steps
 * (`scripts/starve`): each of them is crossed before the response p99 is off by a tenth, or by a millisecond where that
 * is more.
 */
import type { Summary } from '../../summary.ts';
import { percent } from '../percent.ts';
import { doubtsOfLateness, spoiltByLateness } from './lateness.ts';

type LoadProcess = Summary['generator']['processes'][number];

/** Busier than this over the measured phases, an event loop adds its own queue to every time it takes. */
const BUSIEST_LOOP = 0.85;

/**
 * Milliseconds a second for which a quota may stop a load process. Who stands still for one part in 200 delays
 * one message in 200 when it leaves and another one when its answer is read: one in 100, and so the p99.
 */
const MOST_THROTTLED = 5;
const MOST_THROTTLED_WITHOUT_DOUBT = 1;

/**
 * Milliseconds that a load process on another host may begin late: from there on the users of several hosts do not come
 * and send as the plan has it. On one host lateness shows in every send.
 */
const LATEST_START_MS = 50;

/** Milliseconds a second that the collector may take before it is a burden. */
const MOST_COLLECTED = 100;

const MILLISECONDS = 1_000;

/** Sentences for each way in which the generator made the figures wrong. */
export function spoiltByGenerator(summary: Summary): string[] {
  return [
    ...lateStarts(summary),
    ...busyLoops(summary),
    ...throttled(summary, MOST_THROTTLED, Number.POSITIVE_INFINITY),
    ...spoiltByLateness(summary),
  ];
}

/** Sentences for each way in which it may have made them wrong. */
export function doubtsOfGenerator(summary: Summary): string[] {
  const collecting = loadProcesses(summary).filter(({ gcMsPerSecond }) => gcMsPerSecond > MOST_COLLECTED);
  return [
    ...throttled(summary, MOST_THROTTLED_WITHOUT_DOUBT, MOST_THROTTLED),
    ...doubtsOfLateness(summary),
    ...collecting.map(
      ({ id, gcMsPerSecond }) =>
        `Load process ${id} collected garbage for ${percent(gcMsPerSecond / MILLISECONDS)} of the time`,
    ),
  ];
}

function lateStarts({ generator: { agents = [] } }: Summary): string[] {
  return agents
    .filter(({ startLateMs = 0 }) => startLateMs > LATEST_START_MS)
    .map(({ id, startLateMs = 0 }) => {
      const late = `Agent "${id}" began ${startLateMs.toFixed(0)} ms after the common start`;
      return `${late}, at most ${LATEST_START_MS} ms can be trusted`;
    });
}

function busyLoops(summary: Summary): string[] {
  return loadProcesses(summary)
    .filter(({ loopUtilisation }) => loopUtilisation > BUSIEST_LOOP)
    .map(({ id, loopUtilisation }) => {
      const busy = `its event loop was busy ${percent(loopUtilisation)} of the time`;
      return `Load process ${id} was saturated: ${busy}, at most ${percent(BUSIEST_LOOP)} can be trusted`;
    });
}

function throttled(summary: Summary, above: number, upTo: number): string[] {
  return loadProcesses(summary)
    .filter(({ throttledMsPerSecond: ms }) => ms > above && ms <= upTo)
    .map(
      ({ id, throttledMsPerSecond }) =>
        `Load process ${id} was stopped by the CPU quota of its control group for ${percent(throttledMsPerSecond / MILLISECONDS)} of the time`,
    );
}

/** Those that have users; the others time nothing of theirs. */
function loadProcesses({ generator }: Summary): LoadProcess[] {
  return generator.processes.filter(({ id }) => id >= 0);
}
