/** One window, as the generator sees it. */
import type { GateScenario } from '../scenarios.ts';
import { type Crowd, now } from './crowd.ts';
import { quantile, type SliceFigures, Times } from './figures.ts';
import { keepRate, keepUnderWay, type Ticker } from './loads.ts';
import type { Load } from './messages.ts';

const MILLIS = 1_000;
const MICROS = 1_000_000;

/** The generator's part of a window. */
export interface LoadFigures {
  seconds: number;
  messages: {
    offered: number;
    sent: number;
    answered: number;
    dropped: number;
    lost: number;
    duplicated: number;
    reordered: number;
    troubles: number;
  };
  generator: { cpuShare: number; latenessP99Ms: number; latenessMaxMs: number };
  slices?: SliceFigures[];
  response?: string;
}

/** What happened under a load, before it is put together. */
interface Loaded {
  offered: number;
  /** Lateness of each message, seconds; none while the work is fixed. */
  late: Float64Array;
  times: Times;
  slices?: SliceFigures[];
}

/** What a window is measured with. */
interface Tools {
  scenario: GateScenario;
  patienceSeconds: number;
  ticker: Ticker;
  load: Load;
}

/** Loads a server and tells what became of it. */
export async function measureLoad(crowd: Crowd, tools: Tools): Promise<LoadFigures> {
  const { load } = tools;
  const before = { ...crowd.tally, ...crowd.oddities };
  const cpu = process.cpuUsage();
  const from = now();
  const loaded =
    load.mode === 'open' ? await loadAtRate(crowd, load, tools) : await loadFixed(crowd, load, tools);
  const seconds = now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const { sent, answered, dropped, lost, duplicated } = crowd.tally;
  const { reordered, troubles } = crowd.oddities;
  const late = loaded.late.sort();
  const response = loaded.times.encode();
  return {
    seconds,
    messages: {
      offered: loaded.offered || sent - before.sent,
      sent: sent - before.sent,
      answered: answered - before.answered,
      dropped: dropped - before.dropped,
      lost: lost - before.lost,
      duplicated: duplicated - before.duplicated,
      reordered: reordered - before.reordered,
      troubles: troubles - before.troubles,
    },
    generator: {
      cpuShare: (user + system) / MICROS / seconds,
      latenessP99Ms: quantile(late, 0.99) * MILLIS,
      latenessMaxMs: (late.at(-1) ?? 0) * MILLIS,
    },
    ...(loaded.slices !== undefined && { slices: loaded.slices }),
    ...(response !== undefined && { response }),
  };
}

async function loadFixed(
  crowd: Crowd,
  load: Exclude<Load, { mode: 'open' }>,
  { scenario: { inFlight }, patienceSeconds }: Tools,
): Promise<Loaded> {
  const messages = load.mode === 'fixed' ? load.messages : 0;
  const times = new Times(messages);
  const { sent } = crowd.tally;
  const until = load.mode === 'timed' ? now() + load.seconds : 0;
  const goesOn = load.mode === 'fixed' ? () => crowd.tally.sent - sent < messages : () => now() < until;
  await keepUnderWay(crowd, {
    inFlight,
    patienceSeconds,
    goesOn,
    onAnswered: (intended, at) => times.add(intended, at - intended),
  });
  return { offered: messages, late: new Float64Array(0), times };
}

async function loadAtRate(
  crowd: Crowd,
  { perSecond, seconds, sliceMs }: Extract<Load, { mode: 'open' }>,
  { patienceSeconds, ticker }: Tools,
): Promise<Loaded> {
  const offered = Math.floor(perSecond * seconds);
  const times = new Times(offered);
  const late = new Float64Array(offered);
  let sent = 0;
  const from = await keepRate(crowd, {
    ticker,
    perSecond,
    seconds,
    patienceSeconds,
    onSent(lateness) {
      late[sent] = lateness;
      sent += 1;
    },
    onAnswered: (intended, at) => times.add(intended, at - intended),
  });
  return { offered, late, times, slices: times.slices({ from, seconds, sliceMs }) };
}
