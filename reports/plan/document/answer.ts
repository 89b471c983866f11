/** The answer of a plan in plain language: what is carried, what to buy, what to measure next. */
import { formatThings } from '../../figures/index.ts';
import { type Capacity, capacityOf, isFromCosts, writeCapacity } from './capacity.ts';
import { writeInterval, writeLoad, writeNumber, writePercent, writeUsers } from './figures.ts';
import { fleetSentence, neededSentence } from './fleet-words.ts';
import type { PlanDocument, PlanSize } from './schema.ts';

/** What came of the search of the first size; `costs` where there was nothing to search, `empty` when none was judged. */
type Outcome = 'found' | 'at-least' | 'unconfirmed' | 'not-met' | 'fell-over' | 'costs' | 'empty';

/** The answer. Sentences are without full stop. */
export interface Answer {
  readonly outcome: Outcome;
  /** The outcome as a word in capitals, and its sign. */
  readonly word: string;
  readonly sign: string;
  /** What is carried. */
  readonly sentence: string;
  /** What belongs to it: the estimate, and what the capacity is not. */
  readonly details: readonly string[];
  /** Which fleet to buy. Absent where none was worked out. */
  readonly fleet?: string;
  /** How many hosts the users take that were asked for. Absent where nobody asked. */
  readonly needed?: string;
  /** What to measure next. Absent where nothing would tell more. */
  readonly next?: string;
}

const words: Readonly<Record<Outcome, readonly [word: string, sign: string]>> = {
  found: ['FOUND', '✓'],
  'at-least': ['AT LEAST', '≥'],
  unconfirmed: ['NOT CONFIRMED', '?'],
  'not-met': ['NOT MET', '✗'],
  'fell-over': ['FELL OVER', '▼'],
  costs: ['FROM COSTS', '≈'],
  empty: ['NOT MEASURED', '?'],
};

const FROM_COSTS =
  'Users hardly say anything, so no load was searched: what they take of memory, heartbeats and connections tells how many there may be';

/** Answers with a plan. */
export function answerOf(document: PlanDocument): Answer {
  const { fleets, next } = document;
  const [size] = document.sizes;
  const capacity = size && capacityOf(size, document.proof);
  const outcome = isFromCosts(document) ? 'costs' : outcomeOf(size, capacity);
  const [word, sign] = words[outcome];
  const advice = next ?? fleets?.next?.sentence;
  return {
    outcome,
    word,
    sign,
    sentence: sentenceOf(document, { size, capacity }),
    details: size === undefined ? [] : detailsOf(size, capacity),
    ...(fleets && { fleet: `${reservationOf(outcome)}${fleetSentence(fleets)}` }),
    ...(fleets?.needed && { needed: neededSentence(fleets.needed) }),
    ...(advice !== undefined && { next: advice }),
  };
}

/** What nobody has confirmed is no reason to buy anything. */
function reservationOf(outcome: Outcome): string {
  const isKnown = outcome === 'found' || outcome === 'at-least' || outcome === 'costs';
  return isKnown ? '' : 'Not before a soak confirms the capacity: ';
}

/** Names a size: `1 worker`, `2 workers of 20 % of a core each`. */
export function nameSize({ workers, share }: Pick<PlanSize, 'workers' | 'share'>): string {
  const name = formatThings(workers, 'worker');
  if (share === null) return name;
  return `${name} of ${writePercent(share)} of a core${workers === 1 ? '' : ' each'}`;
}

function outcomeOf(size: PlanSize | undefined, capacity: Capacity | undefined): Outcome {
  if (size === undefined || capacity === undefined) return 'empty';
  if (capacity.load === null)
    return size.verdict === 'found' || size.verdict === 'at-least' ? 'unconfirmed' : size.verdict;
  return capacity.bound === '' ? 'found' : 'at-least';
}

function sentenceOf(
  document: PlanDocument,
  { size, capacity }: { size: PlanSize | undefined; capacity: Capacity | undefined },
): string {
  if (isFromCosts(document)) return FROM_COSTS;
  if (size === undefined || capacity === undefined)
    return 'No search came to a figure: there is no capacity to tell';
  if (capacity.load === null) return size.sentence;
  const verb = size.workers === 1 ? 'carries' : 'carry';
  return `${nameSize(size)} ${verb} ${writeCapacity(capacity)} with ${document.slo}, confirmed by a soak`;
}

function detailsOf(size: PlanSize, capacity: Capacity | undefined): string[] {
  const details: string[] = [];
  if (capacity?.estimate !== undefined) {
    const { load, users } = capacity.estimate;
    details.push(
      `The estimate is ${writeUsers(users.median)}, 90 %: ${writeNumber(Math.round(users.lower))} to ${writeUsers(users.upper)}; ` +
        `in load ${writeInterval(load)} messages/s`,
    );
  } else if (capacity?.load !== null && capacity?.bound === 'at least') {
    details.push(
      'The capacity begins there and has no upper end: users of fleets are at least, and prices for users at most, what is printed',
    );
  } else if (size.estimate !== null) {
    const { atLeast, estimate } = size;
    details.push(
      atLeast === null
        ? `Not confirmed, the estimate is ${writeInterval(estimate)} messages/s`
        : `Not confirmed, it is believed to be at least ${writeLoad(estimate.lower)} (${atLeast})`,
    );
  }
  const smallest = size.trials.filter(({ ok, guards }) => ok && guards.length === 0).map(({ load }) => load);
  if (capacity?.load === null && smallest.length > 0)
    details.push(`The largest load at which a trial passed is ${writeLoad(Math.max(...smallest))}`);
  if (size.share !== null)
    details.push(
      `Each worker was limited to ${writePercent(size.share)} of a core, and had as many times longer to answer: this tries how the planner predicts, and says nothing of hosts that give workers whole cores`,
    );
  return details;
}
