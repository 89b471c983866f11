/**
 * Measures subjects beside each other: round by round in turns, because the speed of a shared machine drifts
 * by more than most differences. What disturbs one round disturbs both halves of a pair.
 */
import { randomBytes } from 'node:crypto';
import type { PeerRow } from '../results/index.ts';
import type { ownMeasures } from './hop/index.ts';
import type { Measure, Setting } from './measures/index.ts';
import { createRow, type Taken } from './results.ts';
import type { Subject } from './subjects/index.ts';

/** How much is measured. */
export interface Extent {
  /** Rounds that count. */
  rounds: number;
  /** Idle sockets; other numbers of clients are parts of this. */
  sockets: number;
}

/** Who is told how it goes, and who may end it. */
export interface Surroundings {
  say(text: string): void;
  signal: AbortSignal;
}

/** Our own processes are measured without sockets, but a small comparison wants it small too. */
const TURNS_PER_SOCKET = 0.3;

/** What runs can be ended. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** The figures of one round, by their keys. */
type Round = Record<string, number>;

/**
 * Takes all rounds of a measure; gives no rows when it was interrupted. Subjects that lack what it needs are left out, and
 * their cells say why.
 *
 * @param extent How much, and the rows of the measures before.
 */
export async function takeMeasure<Of extends Stoppable>(
  measure: Measure<Of>,
  chosen: readonly Subject<Of>[],
  { rounds, sockets, rows = [] }: Extent & { rows?: readonly PeerRow[] },
  { say, signal }: Surroundings,
): Promise<PeerRow[]> {
  const setting: Setting = { sockets, authKey: randomBytes(32).toString('hex'), rows };
  const reasons = chosen.map(({ lacks = {} }) => measure.needs && lacks[measure.needs]);
  const able = chosen.filter((_subject, index) => reasons[index] === undefined);
  const isLasting = measure.lifetime === 'measure';
  const lasting: Of[] = [];
  const taken: Round[][] = able.map(() => []);
  try {
    for (const subject of isLasting ? able : []) {
      lasting.push(await subject.start(setting.authKey));
    }
    // The first round of processes that last warms them up.
    for (let round = isLasting ? 0 : 1; round <= rounds && !signal.aborted; round += 1) {
      for (const [index, subject] of able.entries()) {
        const figures = await takeRound(measure, lasting[index] ?? subject, setting);
        say(progress(measure.name, round, subject.name, figures));
        if (round > 0) {
          taken[index]?.push(figures);
        }
      }
    }
  } finally {
    await Promise.all(lasting.map((running) => running.stop()));
  }
  const inOrder = reasons.map((reason): Taken<Round> => reason ?? taken.shift() ?? []);
  return signal.aborted ? [] : rowsOf(measure, inOrder);
}

/** Takes one round of what runs already, or of what is started for it. */
async function takeRound<Of extends Stoppable>(
  measure: Measure<Of>,
  from: Of | Subject<Of>,
  setting: Setting,
): Promise<Round> {
  if (!('start' in from)) {
    return measure.take(from, setting);
  }
  const running = await from.start(setting.authKey);
  try {
    return await measure.take(running, setting);
  } finally {
    await running.stop();
  }
}

/** One row a figure; a figure that no round of a subject told is none. */
function rowsOf(
  { name, figures }: Pick<Measure, 'name' | 'figures'>,
  taken: readonly Taken<Round>[],
): PeerRow[] {
  return figures
    .filter(({ key }) => taken.some((one) => typeof one !== 'string' && one.some((round) => key in round)))
    .map(({ key, title, unit, better = 'less' }) => {
      const rounds = taken.map(
        (one): Taken<number> =>
          typeof one === 'string' ? one : one.map((round) => round[key] ?? Number.NaN),
      );
      return createRow({ measure: name, key, title, unit, better }, rounds);
    });
}

/** Takes all rounds of what only our own server has; gives no rows when it was interrupted. */
export async function takeOwn(
  { name, figures: wanted, start }: (typeof ownMeasures)[number],
  { rounds, sockets }: Extent,
  { say, signal }: Surroundings,
): Promise<PeerRow[]> {
  const bench = await start();
  const taken: Round[] = [];
  try {
    for (let round = 0; round <= rounds && !signal.aborted; round += 1) {
      const figures = await bench.round(Math.ceil(sockets * TURNS_PER_SOCKET));
      say(progress(name, round, 'ours', figures));
      if (round > 0) {
        taken.push(figures);
      }
    }
  } finally {
    await bench.stop();
  }
  return signal.aborted ? [] : rowsOf({ name, figures: wanted }, [taken]);
}

function progress(measure: string, round: number, subject: string, figures: object): string {
  const texts = Object.entries(figures).map(([key, value]) => `${key} ${Number(value).toFixed(2)}`);
  return `${measure} ${round === 0 ? 'warm-up' : `round ${round}`}: ${subject} ${texts.join(', ')}`;
}
