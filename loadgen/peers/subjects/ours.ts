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

/** Makes our own server with another way of sharing its port, for whoever wants to see what that costs. */
function ours(name: string, schedulingPolicy: 'rr' | 'none'): Subject {
  return {
    name,
    setup: `master, 1 worker, 1 broker; schedulingPolicy ${schedulingPolicy}; "process" is the worker`,
    prepare: () => Promise.resolve(),
    async start(authKey) {
      const target = await startTarget({
        port: 0,
        workers: 1,
        brokers: 1,
        schedulingPolicy,
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
export const oursDealt = ours('ours', 'rr');

/** The worker accepts by itself, as a server of one process does. */
export const oursAccepting = ours('ours-accepting', 'none');

async function processesAt(stateUrl: string): Promise<State['processes']> {
  for (;;) {
    const { processes } = (await getJson(stateUrl)) as State;
    if (processes.length >= PROCESSES) {
      return processes;
    }
    await sleep(LOOK_EVERY_MS);
  }
}
