/**
 * Several hosts on one machine: network namespaces, joined by veth pairs and bridges, in which real programs run
 * and whose lines can be cut. Needs root and Linux. Nothing of it is seen outside, and nothing of it stays.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { ip } from './ip.ts';
import { isLeftBehind, listNamespaces, nextPrefix } from './owner.ts';
import { type HostPlan, type Line, planBatches, planLines } from './plan.ts';

/** A host of a network. */
export interface Host {
  readonly name: string;
  /** The host's address on a segment. @throws RangeError when it has no line to it. */
  address(segment: string): string;
  /** Program and arguments that run a command on this host, for whoever starts it in a manner of their own. */
  command(program: string, args: readonly string[]): [program: string, args: string[]];
  /** Starts a command on this host. Its process id is the command's own. It ends with the network at the latest. */
  start(program: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Pulls the plug of the line to a segment: what is under way is lost, and nobody is told. */
  cut(segment: string): Promise<void>;
  /** Plugs it in again. */
  restore(segment: string): Promise<void>;
}

/** A network of hosts. */
export interface Network {
  /** @throws RangeError when there is no host of that name. */
  host(name: string): Host;
  /** Kills what runs on the hosts and takes the network away. Calling it again does nothing. */
  close(): Promise<void>;
}

/** How often the processes of a namespace are looked for before it is given up, and the pause between. */
const LOOKS = 50;
const LOOK_EVERY_MS = 100;

/**
 * Takes away what crashed processes left behind, and builds a network. When it fails nothing stays.
 *
 * @throws Error when this process may not make namespaces, and RangeError for a plan that cannot be built.
 */
export async function openNetwork(plan: HostPlan): Promise<Network> {
  const lines = planLines(plan);
  refuseOthers();
  await Promise.all(listNamespaces().filter(isLeftBehind).map(removeNamespace));
  const prefix = nextPrefix();
  const close = (): Promise<void> => removeAll(prefix);
  try {
    const { outside, inside } = planBatches(plan, lines, prefix);
    await ip(['-batch', '-'], outside);
    for (const [name, batch] of inside) await ip(['-netns', `${prefix}${name}`, '-batch', '-'], batch);
  } catch (error) {
    await close();
    throw error;
  }
  const hosts = new Map(Object.keys(plan).map((name) => [name, makeHost(name, lines, prefix)]));
  return {
    host(name) {
      const host = hosts.get(name);
      if (host === undefined) {
        throw new RangeError(`Cannot find host "${name}": wanted one of ${[...hosts.keys()].join(', ')}`);
      }
      return host;
    },
    close,
  };
}

/** A test that skips tells nothing: whoever may not make namespaces gets an error. */
function refuseOthers(): void {
  const user = process.getuid?.();
  if (process.platform === 'linux' && user === 0) return;
  const who = user === undefined ? process.platform : `user ${user} on ${process.platform}`;
  throw new Error(`Cannot make hosts of network namespaces: current is ${who}, wanted root on Linux`);
}

function makeHost(name: string, lines: readonly Line[], prefix: string): Host {
  const lineTo = (segment: string): Line => {
    const line = lines.find((one) => one.host === name && one.segment === segment);
    if (line !== undefined) return line;
    throw new RangeError(`Cannot use segment "${segment}" on host "${name}": it has no line to it`);
  };
  const command: Host['command'] = (program, args) => [
    'ip',
    ['netns', 'exec', `${prefix}${name}`, program, ...args],
  ];
  // Cut at the bridge, so that the host's interface keeps its address and its routes.
  const set = async (segment: string, state: 'down' | 'up'): Promise<void> => {
    await ip(['-netns', `${prefix}${lineTo(segment).segment}`, 'link', 'set', 'dev', name, state]);
  };
  return {
    name,
    address: (segment) => lineTo(segment).address,
    command,
    start: (program, args, options = {}) => spawn(...command(program, args), options),
    cut: (segment) => set(segment, 'down'),
    restore: (segment) => set(segment, 'up'),
  };
}

async function removeAll(prefix: string): Promise<void> {
  await Promise.all(listNamespaces(prefix).map(removeNamespace));
}

/** Two that remove the same one do not disturb each other: what is gone is gone. */
async function removeNamespace(name: string): Promise<void> {
  try {
    await killAllIn(name);
    await ip(['netns', 'delete', name]);
  } catch (error) {
    if (listNamespaces(name).includes(name)) throw error;
  }
}

/** Whatever runs there was started there, by us or by what we started. */
async function killAllIn(name: string): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const pids = (await ip(['netns', 'pids', name])).split('\n').filter(Boolean).map(Number);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`Cannot empty the namespace "${name}": its processes are killed and do not end`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
