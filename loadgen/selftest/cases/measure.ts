/** Measures a case as anybody would measure a server: with a scenario, through the coordinator, over sockets. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runScenario } from '../../coordinator/index.ts';
import { defineScenario, type Scenario } from '../../plan/index.ts';
import {
  checkConservation,
  type Header,
  makeTemporaryFolder,
  RECORD_NAME,
  type RecordLine,
  refuseUnwritten,
  type Summary,
  type Window,
} from '../../results/index.ts';
import { type PathologicalServer, startPathologicalServer } from '../server/index.ts';
import type { Case } from './case.ts';
import { createFigures, type Figure, quantileNames, shares } from './figures.ts';

/** How long and with which chance a case is measured. */
export interface Attempt {
  case: Case;
  seconds: number;
  seed: number;
  signal: AbortSignal;
}

/** What came out. */
export interface Outcome {
  figures: Figure[];
  /** The generator's own word on the run. */
  validity: Summary['verdict']['validity'];
  /** Its sentences: why it is not valid, and what stands out. */
  remarks: string[];
  /** Milliseconds. */
  lateness: { p50: number; p99: number; p999: number };
  /** Percent of the host's time that its neighbours took meanwhile. */
  stealPercent: number;
  answered: number;
  planHash: string;
  /** What does not add up, in sentences. */
  unconserved: string[];
}

/** Seconds in which all users come. */
const RAMP_SECONDS = 2;

/** Seconds after which an answer is given up; longer than any stall. */
const ANSWER_WITHIN = 10;

/**
 * Measures a case once.
 *
 * @throws ClusterError OPTION_INVALID or RESULTS_UNWRITTEN when temporary files cannot be written.
 */
export async function measureCase(attempt: Attempt): Promise<Outcome> {
  const { case: tested, seed, signal } = attempt;
  const folder = await makeTemporaryFolder('scbench-selftest');
  const server = await startPathologicalServer({ pathology: tested.pathology, seed });
  try {
    const request = {
      scenario: { scenario: scenarioOf(attempt), folder },
      overrides: {},
      loadProcesses: tested.loadProcesses,
      target: `ws://127.0.0.1:${server.port}/`,
      out: folder,
      command: 'scbench selftest',
    };
    const listeners = { begin: (header: Header) => begin(server, header), second: ignore, trouble: ignore };
    // A signal of its own: a run listens to it for ever, and there are dozens of runs.
    const { run } = await runScenario(request, listeners, AbortSignal.any([signal]));
    refuseUnwritten(run);
    const unconserved = await findUnconserved(join(folder, RECORD_NAME));
    return { ...outcomeOf(run), unconserved, figures: await figuresOf(tested, run.summary, server) };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

function scenarioOf({ case: tested, seconds, seed }: Attempt): Scenario {
  const { name, title, users, every } = tested;
  return defineScenario({
    name,
    question: `Is the measurement right with ${title}?`,
    users,
    ramp: users / RAMP_SECONDS,
    settle: 1,
    duration: seconds,
    behaviour: { kind: 'calls', payload: null, every },
    // Never started: the target runs already.
    target: { workers: 1, brokers: 1, controller: './none.js' },
    answerWithin: ANSWER_WITHIN,
    rules: [],
    seed,
  });
}

function begin(server: PathologicalServer, { startedAt, phases }: Header): void {
  const startAt = Date.parse(startedAt);
  const measured = phases.find((phase) => phase.measured);
  const { start = 0, end = 0 } = measured ?? {};
  server.begin({ from: startAt + start * 1_000, until: startAt + end * 1_000 });
}

function outcomeOf({
  header,
  summary,
}: {
  header: Header;
  summary: Summary;
}): Omit<Outcome, 'figures' | 'unconserved'> {
  const { p50 = Number.NaN, p99 = Number.NaN, p999 = Number.NaN } = summary.latencyMs.lateness ?? {};
  const { validity, reasons } = summary.verdict;
  return {
    validity,
    remarks: [...reasons, ...(summary.findings ?? [])],
    lateness: { p50, p99, p999 },
    stealPercent: summary.host.stealPercent,
    answered: summary.messages.received,
    planHash: header.planHash,
  };
}

async function figuresOf(tested: Case, summary: Summary, server: PathologicalServer): Promise<Figure[]> {
  const wanted = quantileNames.map((name) => shares[name]);
  const { law, workerLaws } = tested;
  const measured = summary.latencyMs.response ?? {};
  const figures = createFigures({ worker: null, law, measured, given: await server.given(wanted) });
  for (const own of workerLaws) {
    const measuredOfOwn = summary.workers.find(({ id }) => id === String(own.worker))?.response ?? {};
    const given = await server.given(wanted, own.worker);
    figures.push(...createFigures({ ...own, measured: measuredOfOwn, given }));
  }
  return figures;
}

async function findUnconserved(record: string): Promise<string[]> {
  const lines = (await readFile(record, 'utf8')).trim().split('\n');
  const parsed = lines.map((line) => JSON.parse(line) as RecordLine);
  const windows = parsed.filter((line): line is Window => line.type === 'window');
  const totals = parsed.find((line) => line.type === 'final')?.totals ?? [];
  return checkConservation({ windows, totals });
}

function ignore(): void {}
