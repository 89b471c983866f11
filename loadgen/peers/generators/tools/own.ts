/** The generators that are processes of ours: the load process, and a plain loop over `ws`. */
import { rm } from 'node:fs/promises';
import { LEAN_HEAP } from '../../../../server/process/index.ts';
import { runScenario } from '../../../coordinator/index.ts';
import { pin } from '../../../gate/bench/machine/index.ts';
import { COLLECTS_ALONE } from '../../../host/index.ts';
import { type Behaviour, defineScenario, type Plan, type Scenario } from '../../../plan/index.ts';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import { makeTemporaryFolder, refuseUnwritten } from '../../../results/index.ts';
import { end, startReady } from '../../child.ts';
import { type ClientStart, QUESTION, shareOf } from '../../clients/index.ts';
import {
  type Generator,
  type Interview,
  LONGEST_SECONDS,
  type Load,
  type Reported,
  type Working,
} from '../generator.ts';

/** Between the word to begin and the begin, milliseconds. */
const START_DELAY_MS = 100;
const PATH = '/';

/** The process that a run starts. */
export const loadProcess: Generator = {
  name: 'load-process',
  setup: 'a load process as a run has it, driver "websocket": histograms, three times, figures by worker',
  prepare: () => Promise.resolve(),
  start: (load, core) =>
    startOwn('loadgen/agent/main.js', {
      core,
      options: shareOf(planOf(load), { port: load.port, path: PATH }, 'websocket'),
      nodeOptions: [...LEAN_HEAP, ...COLLECTS_ALONE],
    }),
  report: reportRun,
};

/** What one would write in an hour. */
export const plainLoop: Generator = {
  name: 'ws',
  setup: 'a plain loop over package ws, which counts what comes and times nothing',
  prepare: () => Promise.resolve(),
  start(load, core) {
    const options: ClientStart = {
      name: 'ws-text',
      share: shareOf(planOf(load), { port: load.port, path: PATH }),
    };
    return startOwn('loadgen/peers/clients/main.js', { core, options });
  },
};

/** Makes the plan of a load. */
export function planOf({ steps, perSecond, every }: Omit<Load, 'port'>): Plan {
  return resolvePlan({
    ...scenarioOf(every === undefined ? { kind: 'idle' } : asking(every)),
    users: steps.reduce((sum, { users }) => sum + users, 0),
    ramp: steps.flatMap(({ users, hold }) => [
      { users, rate: perSecond },
      ...(hold > 0 ? [{ wait: hold }] : []),
    ]),
    duration: LONGEST_SECONDS,
    reconnects: { initial: 1, randomness: 0 },
  }).plan;
}

function asking(every: number): Behaviour {
  return { kind: 'messages', message: QUESTION, every: { mean: every, shape: 'constant' } };
}

function scenarioOf(behaviour: Behaviour): Omit<Scenario, 'users' | 'ramp'> {
  return {
    name: 'generator',
    question: 'What does a user cost, and what is said of its answers?',
    behaviour,
    driver: 'websocket',
    // Never started: the target runs already.
    target: { workers: 1, brokers: 1, controller: './none.js' },
    rules: [],
  };
}

async function startOwn(
  file: string,
  { core, options, nodeOptions }: { core: number | undefined; options: unknown; nodeOptions?: string[] },
): Promise<Working> {
  const { child } = await startReady(file, options, nodeOptions);
  pin(child.pid, core);
  child.send({ type: 'go', at: Date.now() + START_DELAY_MS });
  return {
    pids: () => [child.pid],
    ended: new Promise((resolve) => child.onExit(({ lastWords }) => resolve(lastWords))),
    stop: () => end(child),
  };
}

/** Reads what a whole run says in its summary. */
async function reportRun({ port, users, every, seconds }: Interview): Promise<Reported> {
  const folder = await makeTemporaryFolder('scbench-peers');
  const scenario = defineScenario({
    ...scenarioOf(asking(every)),
    users,
    ramp: users,
    settle: 1,
    duration: seconds,
  });
  try {
    const request = {
      scenario: { scenario, folder },
      overrides: {},
      loadProcesses: 1,
      target: `ws://127.0.0.1:${port}${PATH}`,
      out: folder,
      command: 'scbench peers --generators',
    };
    const listeners = { begin: ignore, second: ignore, trouble: ignore };
    const { run } = await runScenario(request, listeners, new AbortController().signal);
    refuseUnwritten(run);
    const { p50 = Number.NaN, p99 = Number.NaN } = run.summary.latencyMs.response ?? {};
    return { p50, p99 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function ignore(): void {}
