/**
 * Whether the generator spoilt what it measured. The lines are drawn from runs that were starved in steps
 * (`scripts/starve.ts`): each of them is crossed before the response p99 is off by a tenth.
 */
import type { Summary } from '../summary.ts';
import { percent } from './percent.ts';

type LoadProcess = Summary['generator']['processes'][number];

/** Busier than this over the measured phases, an event loop adds its own queue to every time it takes. */
const BUSIEST_LOOP = 0.85;

/**
 * What the generator may have added to the response p99, as a share of it, and the milliseconds below which it is
 * what timers and schedulers add on any host.
 */
const SPOILT = { share: 0.08, leastMs: 5 };
const DOUBTED = { share: 0.05, leastMs: 3 };

/**
 * Milliseconds a second for which a quota may stop a load process. Who stands still for one part in 200 delays
 * one message in 200 when it leaves and another one when its answer is read: one in 100, and so the p99.
 */
const MOST_THROTTLED = 5;
const MOST_THROTTLED_WITHOUT_DOUBT = 1;

/** Milliseconds a second that the collector may take before it is a burden. */
const MOST_COLLECTED = 100;

const MILLISECONDS = 1_000;

/** Sentences for each way in which the generator made the figures wrong. */
export function spoiltByGenerator(summary: Summary): string[] {
  return [
    ...busyLoops(summary),
    ...throttled(summary, MOST_THROTTLED, Number.POSITIVE_INFINITY),
    ...late(summary, SPOILT),
  ];
}

/** Sentences for each way in which it may have made them wrong. */
export function doubtsOfGenerator(summary: Summary): string[] {
  const isSpoilt = late(summary, SPOILT).length > 0;
  const collecting = loadProcesses(summary).filter(({ gcMsPerSecond }) => gcMsPerSecond > MOST_COLLECTED);
  return [
    ...throttled(summary, MOST_THROTTLED_WITHOUT_DOUBT, MOST_THROTTLED),
    ...(isSpoilt ? [] : late(summary, DOUBTED)),
    ...collecting.map(
      ({ id, gcMsPerSecond }) =>
        `Load process ${id} collected garbage for ${percent(gcMsPerSecond / MILLISECONDS)} of the time`,
    ),
  ];
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

function late(summary: Summary, { share, leastMs }: typeof SPOILT): string[] {
  const { latencyMs, generator } = summary;
  const response = Math.max(latencyMs.response?.p99 ?? 0, latencyMs.push?.p99 ?? 0);
  const { errorMs } = generator;
  if (errorMs <= leastMs || errorMs <= share * response) return [];
  const times = `p99.5 of lateness is ${errorMs.toFixed(1)} ms, p99 of what it measured ${response.toFixed(1)} ms`;
  return [`The generator itself sent late: ${times}${because(summary)}`];
}

/** What kept the generator from its work, where that can be told. */
function because(summary: Summary): string {
  const most = (of: (process: LoadProcess) => number): number =>
    Math.max(0, ...loadProcesses(summary).map(of)) / MILLISECONDS;
  const waited = most(({ waitMsPerSecond }) => waitMsPerSecond);
  return waited > 0 ? `; it was ready and had no processor for ${percent(waited)} of the time` : '';
}

/** All but the coordinator, which times nothing. */
function loadProcesses({ generator }: Summary): LoadProcess[] {
  return generator.processes.filter(({ id }) => id >= 0);
}
