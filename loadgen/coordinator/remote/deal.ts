/**
 * How many load processes each agent starts. All shares are equal, so an agent with twice the cores gets twice the
 * processes, and all together are as few as hold the users. Pure.
 */
import type { Hello } from '../../bus/index.ts';
import { type Fit, fitToHost } from '../../plan/index.ts';

/** What is to be dealt out. */
export interface Deal {
  users: number;
  agents: readonly Pick<Hello, 'name' | 'room'>[];
  /** Load processes of all agents together, at least. */
  leastProcesses: number;
  /** Whether the target is reached over loopback. */
  loopback: boolean;
}

/** What one agent gets. */
export interface Hand {
  name: string;
  /** Numbers of its load processes. */
  processes: number[];
  sourceAddresses: string[];
}

/** All hands, and the whole as it would be on one host. */
export interface Dealt extends Fit {
  hands: Hand[];
}

/** Most times that the smallest agent's number of processes is raised: nobody has that many cores to spare. */
const MOST_ROUNDS = 1_000;

/** Deals the users of a run out. Never throws: what does not fit is among the problems. */
export function deal({ users, agents, leastProcesses, loopback }: Deal): Dealt {
  const least = Math.min(...agents.map(({ room }) => room.cpus));
  for (let round = 1; ; round += 1) {
    const counts = agents.map(({ room }) => Math.max(1, Math.round((room.cpus / least) * round)));
    const processes = counts.reduce((sum, count) => sum + count, 0);
    const usersPerProcess = Math.ceil(users / processes);
    const fits = agents.map(({ room }, n) =>
      fitOf(room, usersPerProcess * (counts[n] ?? 1), counts[n] ?? 1, loopback),
    );
    const isEnough = processes >= leastProcesses && fits.every((fit, n) => fit.processes <= (counts[n] ?? 1));
    if (!isEnough && processes < users && round < MOST_ROUNDS) continue;
    return {
      processes,
      usersPerProcess,
      sourceAddresses: [...new Set(fits.flatMap(({ sourceAddresses }) => sourceAddresses))],
      problems: [...checkCounts(users, processes, leastProcesses), ...problemsOf(agents, fits)],
      hands: handsOf(agents, counts, fits),
    };
  }
}

function fitOf(room: Hello['room'], users: number, leastProcesses: number, loopback: boolean): Fit {
  const { fdLimit, portRange, memoryBytes, addresses } = room;
  const host = { fdLimit, portRange, memoryBytes, addresses };
  return fitToHost({ ...host, users, workers: null, loopback, leastProcesses });
}

function checkCounts(users: number, processes: number, least: number): string[] {
  if (processes > users) {
    return [`Cannot give each of ${processes} load processes a user: the run has ${users}; use fewer agents`];
  }
  return processes < least
    ? [`Cannot start "load processes" ${least}: the agents have room for ${processes}`]
    : [];
}

function problemsOf(agents: Deal['agents'], fits: readonly Fit[]): string[] {
  return fits.flatMap(({ problems }, n) =>
    problems.map((problem) => `Agent "${agents[n]?.name}": ${problem}`),
  );
}

function handsOf(agents: Deal['agents'], counts: readonly number[], fits: readonly Fit[]): Hand[] {
  let next = 0;
  return agents.map(({ name }, n) => {
    const first = next;
    next += counts[n] ?? 1;
    const processes = Array.from({ length: next - first }, (_, offset) => first + offset);
    return { name, processes, sourceAddresses: fits[n]?.sourceAddresses ?? [] };
  });
}
