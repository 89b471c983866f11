/** What a user costs a load generator, and how many of them a core carries. */
import type { Measure } from '../measures/index.ts';
import { accuracy } from './accuracy.ts';
import type { Bench } from './bench.ts';
import { HOLD, watchClimb } from './climb.ts';

/** Slow enough that the dearest generator keeps up on one core. */
const PER_SECOND = 50;
/** Users whose cost is taken off that of all, as a share of those that count: so many that code is compiled by then. */
const FEW = 0.5;
/** Seconds between two questions of a user: so few that a core can be filled by users that come within a minute. */
const EVERY = 0.25;
/** Parts of all users that are there after each step. */
const LEVELS = [0.125, 0.25, 0.5, 1];
/** A generator that is so much slower than it is to be is not waited for, and one that needs so long to begin. */
const PATIENCE = { share: 2, seconds: 30 };
const BYTES_PER_KB = 1_024;
const BYTES_PER_GB = BYTES_PER_KB ** 3;

/** What idle users take: measured with a few, and with so many more. */
const user: Measure<Bench> = {
  name: 'user',
  lifetime: 'round',
  figures: [
    { key: 'memory', title: 'idle user, RSS', unit: 'KB' },
    { key: 'usersPerGB', title: 'idle users in 1 GB, empty process included', unit: '', better: 'more' },
    { key: 'connect', title: 'connect, CPU', unit: 'µs' },
  ],
  async take(bench, { sockets }) {
    const fewUsers = Math.ceil(sockets * FEW);
    const few = await haveCome(bench, fewUsers);
    const all = await haveCome(bench, fewUsers + sockets);
    const bytes = (all.rssBytes - few.rssBytes) / sockets;
    return {
      memory: bytes / BYTES_PER_KB,
      usersPerGB: (BYTES_PER_GB - few.rssBytes) / bytes + fewUsers,
      connect: (all.cpuMicros - few.cpuMicros) / sockets,
    };
  },
};

/** What users take that ask, and how many of them keep to their times. */
const load: Measure<Bench> = {
  name: 'load',
  lifetime: 'round',
  figures: [
    {
      key: 'usersPerCore',
      title: `users of one core, a question every ${EVERY} s`,
      unit: '',
      better: 'more',
    },
    { key: 'turn', title: 'question and answer, CPU', unit: 'µs' },
  ],
  async take(bench, { sockets }) {
    const levels = LEVELS.map((level) => Math.ceil(sockets * level));
    const steps = levels.map((level, index) => ({ users: level - (levels[index - 1] ?? 0), hold: HOLD }));
    const patience = patienceOf(sockets / PER_SECOND + LEVELS.length * HOLD);
    const { usersPerCore, turnMicros } = await bench.run(
      { steps, perSecond: PER_SECOND, every: EVERY },
      (scene) => watchClimb(scene.looks(), { users: sockets, every: EVERY, patience }),
    );
    return { usersPerCore, turn: turnMicros };
  },
};

/** All of them, in the order in which they are taken. */
export const generatorMeasures: readonly Measure<Bench>[] = [user, load, accuracy];

/** Waits until so many users are there who ask nothing. @throws Error when they do not come. */
async function haveCome(bench: Bench, users: number): Promise<{ cpuMicros: number; rssBytes: number }> {
  const steps = [{ users, hold: 0 }];
  return bench.run({ steps, perSecond: PER_SECOND, every: undefined }, async (scene) => {
    let left = patienceOf(users / PER_SECOND);
    for await (const { open, cpuMicros } of scene.looks()) {
      if (open === users) return { cpuMicros, rssBytes: scene.rssBytes() };
      left -= 1;
      if (left <= 0) throw new Error(`Cannot measure "user": ${open} users are there, wanted ${users}`);
    }
    throw new TypeError('Cannot measure "user": nobody looks any more');
  });
}

function patienceOf(plannedSeconds: number): number {
  return plannedSeconds * PATIENCE.share + PATIENCE.seconds;
}
