/** Our own server, as it is always started: a master, one worker, one broker, all options at their defaults. */
import { setTimeout as sleep } from 'node:timers/promises';
import { entry } from '../../../server/process/index.ts';
import { startTarget } from '../../coordinator/index.ts';
import { askAt, getJson, type Running, type Subject } from './subject.ts';

/** What is needed of the master's /state. */
interface State {
  processes: { role: string; pid: number }[];
}

/** Pause between two looks at whether all processes have told of themselves, milliseconds. */
const LOOK_EVERY_MS = 100;
/** Master, worker and broker. */
const PROCESSES = 3;

/** What one of ours differs by, for whoever wants to see what that costs. */
type Difference = Partial<Pick<Parameters<typeof startTarget>[0], 'schedulingPolicy' | 'wsEngine'>>;

function ours(name: string, difference: Difference = {}): Subject {
  const options = Object.entries(difference).map(([option, value]) => `${option} ${value}`);
  const setup = ['master, 1 worker, 1 broker', options.join(', ') || 'all options at their defaults'];
  return {
    name,
    setup: `${setup.join('; ')}; "process" is the worker`,
    prepare: () => Promise.resolve(),
    async start(authKey) {
      const target = await startTarget({
        port: 0,
        workers: 1,
        brokers: 1,
        ...difference,
        authKey,
        logLevel: 1,
        workerController: entry('loadgen/peers/servers/controller.js'),
      });
      const processes = await processesAt(String(target.stateUrl));
      const pid = processes.find(({ role }) => role === 'worker')?.pid ?? 0;
      const { port, path } = target;
      return {
        port,
        path,
        dialect: 'socketcluster',
        pid,
        pids: processes.map((process) => process.pid),
        ask: askAt(port),
        stop: () => target.stop(),
      } satisfies Running;
    },
  };
}

/** The cluster as users start it: its master deals connections out. */
export const oursDealt = ours('ours');

/** The worker accepts by itself, as a server of one process does. */
export const oursAccepting = ours('ours-accepting', { schedulingPolicy: 'none' });

/** All frames are read by `ws`. */
export const oursOnWs = ours('ours-ws', { wsEngine: 'ws' });

async function processesAt(stateUrl: string): Promise<State['processes']> {
  for (;;) {
    const { processes } = (await getJson(stateUrl)) as State;
    if (processes.length >= PROCESSES) {
      return processes;
    }
    await sleep(LOOK_EVERY_MS);
  }
}
