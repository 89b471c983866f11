/**
 * A client's process, looked at from outside while it has users. Whatever is looked at begins and ends with a second
 * the client tells of, so that a machine with little time to spare makes a round longer, and not wrong.
 */
import { EventEmitter, on } from 'node:events';
import type { Child, Message } from '../../../server/process/index.ts';
import { cpuMicros, memoryOf } from '../../host/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Window } from '../../results/index.ts';
import type { Tally } from './plain-loop.ts';

/** What a client took. */
export interface Taken {
  /** Processor time until all users were there, microseconds. */
  connectMicros: number;
  /** Memory with all users there, bytes. */
  rssBytes: number;
  /** Processor time of the seconds that were asked for, microseconds. */
  steadyMicros: number;
  /** Answers and deliveries that came in them. */
  came: number;
}

/** Between the word to begin and the begin, milliseconds. */
const START_DELAY_MS = 100;
/** Seconds after which users that are not there are not waited for. */
const PATIENCE = 120;
/** Seconds between the last user and the first one that counts, for code to get hot. */
const WARM_UP = 3;

/**
 * Lets a client that is ready begin; when all its users are there, takes so many seconds of it.
 *
 * @throws Error when the users are not all there in time, or the client ends.
 */
export async function observe(child: Child, plan: Plan, seconds: number): Promise<Taken> {
  const tallies = talliesOf(child);
  const cpu = (): number => cpuMicros([child.pid]);
  const atBegin = cpu();
  child.send({ type: 'go', at: Date.now() + START_DELAY_MS });
  for (let open = 0, waited = 0; open < plan.users; waited += 1) {
    if (waited === PATIENCE) {
      throw new Error(`Cannot measure "${plan.scenario}": ${open} users are there, wanted ${plan.users}`);
    }
    open = (await next(tallies)).open;
  }
  const connectMicros = cpu() - atBegin;
  const rssBytes = memoryOf(child.pid).rss;
  for (let left = seconds === 0 ? 0 : WARM_UP; left > 0; left -= 1) {
    await next(tallies);
  }
  const atSteady = cpu();
  let came = 0;
  for (let left = seconds; left > 0; left -= 1) {
    const { answered, pushed } = await next(tallies);
    came += answered + pushed;
  }
  return { connectMicros, rssBytes, steadyMicros: cpu() - atSteady, came };
}

function talliesOf(child: Child): AsyncIterator<[Tally]> {
  const told = new EventEmitter();
  child.onMessage((message) => {
    const tally = tallyIn(message);
    if (tally !== undefined) told.emit('tally', tally);
  });
  child.onExit(() => told.emit('exit'));
  return on(told, 'tally', { close: ['exit'] }) as AsyncIterator<[Tally]>;
}

async function next(tallies: AsyncIterator<[Tally]>): Promise<Tally> {
  const { done, value } = await tallies.next();
  if (done === true) throw new Error('Cannot measure a client: its process ended');
  return value[0];
}

/** Reads what a plain loop tells, or the same out of a load process's window. */
function tallyIn(message: Message): Tally | undefined {
  if (message.type === 'tally') return message['tally'] as Tally;
  if (message.type !== 'window') return undefined;
  const { users, workers } = message['window'] as Window;
  const tally = { open: users.open, answered: 0, pushed: 0 };
  for (const { answered, pushed } of workers) {
    tally.answered += answered;
    tally.pushed += pushed;
  }
  return tally;
}
