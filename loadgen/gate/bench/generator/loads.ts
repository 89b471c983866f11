/** The two ways to load a server: with a constant number of messages under way, and at a constant rate. */
import { type Alarm, type CreateAlarm, createThreadAlarm } from '../../../agent/alarm/index.ts';
import { type Crowd, type Listener, now, turn } from './crowd.ts';

/** What a load needs of a crowd. */
type Loadable = Pick<Crowd, 'giveUp' | 'listen' | 'send' | 'tally' | 'underWay'>;

/** When nothing was answered for so long, what is under way is lost. */
interface Patience {
  patienceSeconds: number;
}

interface FixedLoad extends Patience {
  inFlight: number;
  goesOn: () => boolean;
}

interface OpenLoad extends Patience {
  ticker: Ticker;
  perSecond: number;
  seconds: number;
}

/** Messages of a constant rate leave every millisecond, together. */
const TICKS_PER_SECOND = 1_000;

/** Keeps so many messages under way until `goesOn` says no, then waits for the last answers. */
export async function keepUnderWay(
  crowd: Loadable,
  { inFlight, patienceSeconds, goesOn, onAnswered }: FixedLoad & Listener,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const watch = watchProgress(crowd, patienceSeconds, finish);
    const next = (): void => {
      if (goesOn()) crowd.send(now());
      else if (crowd.underWay === 0) finish();
    };
    crowd.listen({
      onAnswered(intended, at) {
        onAnswered(intended, at);
        next();
      },
      onDropped: next,
    });
    for (let left = inFlight; left > 0 && goesOn(); left -= 1) crowd.send(now());
    function finish(): void {
      watch.end();
      resolve();
    }
  });
  crowd.giveUp();
}

/**
 * Sends at a constant rate and waits for the last answers. `onSent` hears how late each message left, seconds. Gives the
 * intended time of the first message.
 */
export async function keepRate(
  crowd: Loadable,
  { ticker, perSecond, seconds, patienceSeconds, ...hear }: OpenLoad & Ears,
): Promise<number> {
  const ticks = Math.round(seconds * TICKS_PER_SECOND);
  crowd.listen(hear);
  const from = await ticker.run(ticks, (tick, intended) => {
    const before = Math.floor((tick * perSecond) / TICKS_PER_SECOND);
    const until = Math.floor(((tick + 1) * perSecond) / TICKS_PER_SECOND);
    for (let left = until - before; left > 0; left -= 1) {
      hear.onSent(now() - intended);
      crowd.send(intended);
    }
  });
  let isStuck = false;
  const watch = watchProgress(crowd, patienceSeconds, () => {
    isStuck = true;
  });
  while (crowd.underWay > 0 && !isStuck) await turn();
  watch.end();
  crowd.giveUp();
  return from;
}

interface Ears extends Listener {
  onSent: (late: number) => void;
}

/** Counts milliseconds for those who send at a constant rate. One for the whole process: its thread takes time to start. */
export class Ticker {
  readonly #alarm: Alarm;
  #ring = (): void => {};

  constructor(createAlarm: CreateAlarm = createThreadAlarm) {
    this.#alarm = createAlarm(() => this.#ring());
  }

  /** Calls back for so many milliseconds, those that were slept through included. Gives the time of the first. */
  async run(ticks: number, act: (tick: number, intended: number) => void): Promise<number> {
    const start = now() + 1 / TICKS_PER_SECOND;
    let tick = 0;
    const intended = (): number => start + tick / TICKS_PER_SECOND;
    const wait = (): void => void this.#alarm.set((intended() - now()) * 1_000);
    await new Promise<void>((resolve) => {
      this.#ring = () => {
        for (; tick < ticks && intended() <= now(); tick += 1) act(tick, intended());
        if (tick < ticks) wait();
        else resolve();
      };
      wait();
    });
    return start;
  }

  /** Ends its thread. */
  close(): void {
    this.#alarm.close();
  }
}

/** Calls back once nothing was answered for too long. */
function watchProgress(crowd: Loadable, patienceSeconds: number, onStuck: () => void): { end(): void } {
  let answered = crowd.tally.answered + crowd.tally.dropped;
  let since = now();
  const timer = setInterval(() => {
    const so = crowd.tally.answered + crowd.tally.dropped;
    if (so !== answered) [answered, since] = [so, now()];
    else if (now() - since > patienceSeconds) onStuck();
  }, 100);
  return { end: () => clearInterval(timer) };
}
