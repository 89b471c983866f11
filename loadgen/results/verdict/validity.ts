/**
 * The verdict on a run. First whether the measurement can be trusted (the generator, the host or an
 * interruption may have spoilt it), then whether the target passed. Pure.
 */
import type { OwnVisits, PlannedFault, RunEvent, Totals, Verdict } from '../record/index.ts';
import { total } from '../second.ts';
import type { Summary } from '../summary.ts';
import { brokenGroups, doubtsOfBehaviours } from './behaviours.ts';
import { doubtsOfGenerator, doubtsOfHost, spoiltByGenerator } from './doubts/index.ts';
import { unforeseenEnds } from './ends.ts';
import { percent } from './percent.ts';
import { hasConnected, namedCounts, nobodyStayed } from './users.ts';

/** Largest share of the sends planned in the measured phases that may come due on users that are not connected. */
const MOST_UNSENT = 0.01;

/**
 * Largest share of the messages that may stay without an answer from the first measured phase on. Beyond it a p99 is
 * that of the others: the slowest of a hundred was never timed.
 */
const MOST_UNANSWERED = 0.01;

/** Causes of failed connections that lie in the generator's own host. */
const OWN_CAUSES = ['no-ports', 'no-descriptors'];

/** Cause of connections it ended because it failed at what came over them. */
const OWN_MISTAKE = 'internal';

/** Everything a verdict is made from. */
export interface Evidence {
  /** With the results of its rules; its verdict is not read. */
  summary: Summary;
  events: readonly RunEvent[];
  /** What the scenario itself was to do to the target; the events say what it did. */
  faults: readonly PlannedFault[];
  totals: readonly (Totals | null)[];
  /** What behaviours of the scenario's own came to, by group. */
  visits: readonly OwnVisits[];
  /** What `checkConservation` found. */
  conservation: readonly string[];
  /** False when the run ended before its first measured phase. */
  hasMeasured: boolean;
}

/** Judges a run. An invalid one never passes, whatever its rules say. */
export function judge(evidence: Evidence): Verdict {
  const invalid = invalidReasons(evidence);
  const suspect = suspectReasons(evidence);
  const failed = failReasons(evidence);
  if (invalid.length > 0) {
    return { status: 'invalid', validity: 'invalid', reasons: [...invalid, ...failed, ...suspect] };
  }
  const reasons = [...brokenRules(evidence), ...failed, ...suspect];
  const validity = suspect.length > 0 ? 'suspect' : 'valid';
  return { status: reasons.length > suspect.length ? 'fail' : 'pass', validity, reasons };
}

function invalidReasons({ summary, events, totals, conservation, hasMeasured }: Evidence): string[] {
  const reasons = [...nobodyConnected(summary), ...events.filter(({ kind }) => kind === 'unwritten').map(at)];
  const lostEvents = events.filter(({ kind }) => kind === 'process-lost');
  if (lostEvents.length > 0) reasons.push(...lostEvents.map(at));
  else if (totals.includes(null)) {
    reasons.push(
      `Lost ${count(totals.filter((each) => each === null).length, 'load process', 'load processes')}`,
    );
  }
  if (!hasMeasured) {
    reasons.push('The run ended before its first measured phase: its figures cover all it measured');
  }
  reasons.push(
    ...conservation,
    ...spoiltByGenerator(summary),
    ...ownFailures(summary),
    ...ownMistakes(summary),
  );
  const share = unsentShare(summary);
  if (share > MOST_UNSENT && !hasLostUsers(summary)) {
    reasons.push(
      `${percent(share)} of the planned sends came due on users that were not ready yet: without a connection, or without its subscriptions`,
    );
  }
  return reasons;
}

function suspectReasons({ summary, events, faults, visits }: Evidence): string[] {
  const interrupted = events.filter(({ kind }) => kind === 'interrupted').map(at);
  const untimed = faults.length === 0 ? unanswered(summary) : [];
  return [
    ...interrupted,
    ...profiled(summary),
    ...shared(summary),
    ...untimed,
    ...doubtsOfBehaviours(summary, visits),
    ...doubtsOfGenerator(summary),
    ...doubtsOfHost(summary),
  ];
}

/** Whoever looks into a process slows it down, by nobody knows how much. */
function profiled({ profile }: Summary): string[] {
  if (profile === undefined) return [];
  const { tool, role, id } = profile;
  const name = role === 'master' ? 'The master' : `${role === 'worker' ? 'W' : 'B'}${role.slice(1)} ${id}`;
  return [
    `${name} was profiled with "${tool}", which slows it down: the figures are not those of the target`,
  ];
}

/** A target that another run loads as well answers later, by nobody knows how much. */
function shared({ messages: { pushForeign } }: Summary): string[] {
  if (pushForeign === 0) return [];
  const deliveries = count(pushForeign, 'delivery', 'deliveries');
  return [
    `Another run publishes to the same channels of the target, ${deliveries} came of it: the figures are those of both`,
  ];
}

function failReasons({ summary, events, faults, totals, visits }: Evidence): string[] {
  const ends = unforeseenEnds(events);
  const broken = events.filter(({ kind }) => kind === 'rule' || kind === 'fault-failed');
  const reasons = [...brokenGroups(visits), ...nothingCameBack(summary, totals), ...unasked(summary)];
  reasons.push(...broken.map(at), ...ends.map(at));
  const share = unsentShare(summary);
  // Users the target refused or dropped cannot send: that is the target's doing, not the generator's. Where
  // the scenario itself took the target's processes away, its rules say how many may be lost.
  if (share > MOST_UNSENT && hasLostUsers(summary) && faults.length === 0) {
    reasons.push(`${percent(share)} of the planned sends came due on users that failed or dropped`);
  }
  if (faults.length === 0) reasons.push(...nobodyStayed(summary.users, totals));
  return reasons;
}

/** What a rule says of an invalid run is not said: its figures may be the generator's. */
function brokenRules({ summary }: Evidence): string[] {
  return summary.rules.filter(({ ok }) => ok === false).map(brokenRule);
}

function brokenRule({ rule, value }: Summary['rules'][number]): string {
  if (value === null) return `Rule "${rule}" does not hold: this run has no such figure`;
  return `Rule "${rule}" does not hold: the value is ${Number(value.toPrecision(6))}`;
}

/** Without a single user there is nothing else to say, so this comes first. */
function nobodyConnected({ users }: Summary): string[] {
  const failed = total(users.failed);
  if (hasConnected(users) || failed === 0) return [];
  const why = namedCounts(users.failed);
  return [`No user could connect to the target: ${count(failed, 'user', 'users')} tried, ${why}`];
}

/** A target that answers nothing breaks no rule about answers: there is none to be late. */
function nothingCameBack({ messages }: Summary, totals: Evidence['totals']): string[] {
  const reasons: string[] = [];
  if (messages.sent > 0 && messages.received === 0) {
    reasons.push(`No message was answered: ${count(messages.sent, 'message', 'messages')} sent`);
  }
  // Nobody hears what nobody listens to.
  const published = messages.published - madeForNobody(totals);
  if (published > 0 && messages.subscribed > 0 && messages.pushed === 0) {
    reasons.push(`No publication was delivered: ${count(published, 'publication', 'publications')} made`);
  }
  return reasons;
}

/** Publications to channels that nobody had asked for. Of several load processes none knows the users of the others. */
function madeForNobody([only, ...others]: Evidence['totals']): number {
  return others.length > 0 ? 0 : (only?.publishedUnasked ?? 0);
}

/** Users ask for their channels themselves: nothing but the target can make a delivery in any other. */
function unasked({ messages: { pushUnasked } }: Summary): string[] {
  if (pushUnasked === 0) return [];
  const publications = count(pushUnasked, 'publication', 'publications');
  return [`${publications} came to users that had not asked for their channel`];
}

/** Of a target that answers some. How many may stay unanswered is for the rules to say; what it means for the times is not. */
function unanswered({ phases }: Summary): string[] {
  // To the end: what leaves in a measured phase may be answered after it. What times out then may have left before.
  const first = phases.findIndex(({ measured }) => measured);
  const since = first < 0 ? [] : phases.slice(first).map(({ messages }) => messages);
  const answered = since.reduce((sum, { received }) => sum + received, 0);
  const sent = since.reduce((sum, each) => sum + each.sent, 0);
  const givenUp = since.reduce((sum, { timedOut, lost }) => sum + timedOut + lost, 0);
  const share = Math.min(sent - answered, givenUp) / sent;
  if (answered === 0 || share <= MOST_UNANSWERED) return [];
  return [`${percent(share)} of the messages were not answered: all times are those of the others`];
}

function ownFailures({ users }: Summary): string[] {
  return OWN_CAUSES.filter((cause) => (users.failed[cause] ?? 0) > 0).map(
    (cause) =>
      `${count(users.failed[cause] ?? 0, 'user', 'users')} could not connect for want of this host: ${cause}`,
  );
}

/** What a load process could not cope with, though it is its business to. */
function ownMistakes({ users }: Summary): string[] {
  const ended = (users.failed[OWN_MISTAKE] ?? 0) + (users.dropped[OWN_MISTAKE] ?? 0);
  if (ended === 0) return [];
  const connections = count(ended, 'connection', 'connections');
  return [`The load generator ended ${connections} by a mistake of its own, which it told on stderr`];
}

function hasLostUsers({ users }: Summary): boolean {
  return Object.keys(users.failed).length + Object.keys(users.dropped).length > 0;
}

/** Of the measured phases: the turns that users miss while they arrive are in no figure, and a slow handshake is in its own. */
function unsentShare({ phases }: Summary): number {
  const measured = phases.filter((phase) => phase.measured).map(({ messages }) => messages);
  const unsent = measured.reduce((sum, messages) => sum + messages.unsent, 0);
  const planned = measured.reduce((sum, { sent, published }) => sum + sent + published, unsent);
  return planned > 0 ? unsent / planned : 0;
}

function at({ second, text }: RunEvent): string {
  return `${text} (at ${second} s)`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
