/** What a run's figures mean, in words: the word of the verdict, one sentence why, and the plain story. */
import type { RuleResult, Summary, Verdict } from '../../loadgen/results/index.ts';
import { formatCount, formatDecimal, formatExact, formatRate, formatThings, totalOf } from './format.ts';
import { measuredName } from './phases.ts';

const words = { pass: 'PASS', fail: 'FAIL', regressed: 'REGRESSED', invalid: 'INVALID' } as const;

/** Names the verdict in one word: `PASS`, `FAIL`, `REGRESSED` or `INVALID`. */
export function verdictWord(verdict: Verdict): string {
  return words[verdict.status];
}

/** Gives the one sentence that says why the verdict is what it is. A doubt comes before the praise. */
export function verdictSentence(summary: Summary): string {
  const { status, validity, reasons } = summary.verdict;
  const [first] = reasons;
  if (status === 'pass' && validity === 'valid') return passSentence(summary);
  if (status === 'pass') return `Passed, but to be doubted: ${first ?? 'the measurement is suspect'}`;
  if (first !== undefined) return first;
  if (status === 'fail') return failSentence(summary.rules);
  if (status === 'regressed') return 'The target is worse than its baseline';
  return 'The generator or the host spoilt the measurement, so the figures say nothing about the target';
}

/** Tells what happened to the users and to their messages, in sentences for somebody who saw no run before. */
export function story(summary: Summary): string[] {
  const { users, messages } = summary;
  const failed = totalOf(users.failed);
  const dropped = totalOf(users.dropped);
  const missing = failed === 0 ? 'none failed to connect' : `${formatCount(failed)} failed to connect`;
  const ended = dropped === 0 ? 'none lost its connection' : `${formatCount(dropped)} lost their connection`;
  const connected =
    users.peak === users.target
      ? `All ${formatThings(users.target, 'user')} were connected at the same moment`
      : `Of ${formatThings(users.target, 'user')} ${formatCount(users.peak)} were connected at the same moment`;
  const sentences = [`${connected}; ${missing} and ${ended}.`];
  if (users.left + users.returned > 0) sentences.push(comings(summary));
  if (messages.sent > 0) sentences.push(roundTrips(summary), answers(summary));
  if (messages.published + messages.pushed > 0) sentences.push(deliveries(summary), oracle(summary));
  return sentences;
}

/** Says what became of a rule. Of a run that is not valid nothing did. */
export function ruleWord({ ok }: RuleResult): 'holds' | 'fails' | 'not judged' {
  if (ok === null) return 'not judged';
  return ok ? 'holds' : 'fails';
}

/** Gives the mark that stands before a rule. */
export function ruleMark({ ok }: RuleResult): '✓' | '✗' | '–' {
  if (ok === null) return '–';
  return ok ? '✓' : '✗';
}

/** Writes the value a rule was held against; a run without such a figure says so. */
export function ruleValue(result: RuleResult): string {
  return result.value === null ? 'no such figure in this run' : formatExact(result.value);
}

function passSentence(summary: Summary): string {
  const { users, rules } = summary;
  const held = rules.length === 0 ? 'no rules were set' : 'every rule holds';
  return `${formatCount(users.peak)} users, ${flow(summary)}; ${held}`;
}

function flow({ messages, latencyMs }: Summary): string {
  if (messages.sent > 0) {
    return `${formatRate(messages.perSecond)} round trips a second, 99 %${ofThose(messages)} within ${formatDecimal(latencyMs.response?.p99)} ms`;
  }
  if (isUnheard(messages))
    return `${formatCount(messages.published)} publications, to which nobody subscribed`;
  return `${formatRate(messages.pushesPerSecond)} deliveries a second, 99 % within ${formatDecimal(latencyMs.push?.p99)} ms`;
}

function isUnheard({ published, subscribed }: Summary['messages']): boolean {
  return published > 0 && subscribed === 0;
}

/** Nobody knows how long a message took that was not answered. */
function ofThose({ timedOut, lost }: Summary['messages']): string {
  return timedOut + lost > 0 ? ' of those answered' : '';
}

function failSentence(rules: RuleResult[]): string {
  const broken = rules.filter(({ ok }) => ok === false);
  const [worst] = broken;
  if (worst === undefined) return 'The run failed though every rule holds';
  return `${broken.length} of ${formatThings(rules.length, 'rule')} failed, first "${worst.rule}": ${ruleValue(worst)}`;
}

function comings({ users, latencyMs }: Summary): string {
  const left = users.left === 0 ? '' : `${formatThings(users.left, 'user')} left when it was time, `;
  const { recovery } = latencyMs;
  const again =
    recovery === undefined
      ? ''
      : `; after a lost connection 99 of 100 were ready again within ${formatDecimal(recovery.p99)} ms`;
  return `${left}${formatCount(users.returned)} came back${again}.`;
}

function roundTrips(summary: Summary): string {
  const { messages, latencyMs, schedule } = summary;
  // Of users that publish as well the plan is for both together.
  const isPlanned = schedule.perSecond > 0 && messages.published === 0;
  const planned = isPlanned ? ` of ${formatRate(schedule.perSecond)} planned` : '';
  const rate = `In ${measuredName(summary)} ${formatRate(messages.perSecond)} messages a second${planned} were sent and answered`;
  if (latencyMs.response === undefined) return `${rate}.`;
  const { p50, p99, max } = latencyMs.response;
  return (
    `${rate}: half within ${formatDecimal(p50)} ms, 99 of 100 within ${formatDecimal(p99)} ms, ` +
    `the slowest in ${formatDecimal(max)} ms.`
  );
}

function answers({ messages }: Summary): string {
  const { timedOut, lost, duplicated, reordered, errors } = messages;
  const seen = faults([
    [timedOut, 'not answered in time'],
    [lost, 'lost with their connection'],
    [duplicated, 'answered twice'],
    [reordered, 'answered out of order'],
    [errors, 'answered with an error'],
  ]);
  return seen === '' ? 'No message was lost, late, doubled or out of order.' : `Messages ${seen}.`;
}

function deliveries({ messages, latencyMs, fanoutMs }: Summary): string {
  if (isUnheard(messages)) return `Nobody subscribed to the ${formatCount(messages.published)} publications.`;
  const times =
    latencyMs.push === undefined ? '' : `, 99 of 100 within ${formatDecimal(latencyMs.push.p99)} ms`;
  const last =
    fanoutMs === undefined
      ? ''
      : `; the last subscriber had half of them within ${formatDecimal(fanoutMs.last.p50)} ms`;
  return `Publications reached their subscribers ${formatRate(messages.pushesPerSecond)} times a second${times}${last}.`;
}

function oracle({ messages }: Summary): string {
  const seen = faults([
    [messages.pushLost, 'not delivered'],
    [messages.pushDuplicated, 'delivered twice'],
    [messages.pushReordered, 'delivered out of order'],
    [messages.pushUnasked, 'delivered unasked'],
  ]);
  return seen === '' ? 'No publication was lost, doubled or out of order.' : `Publications ${seen}.`;
}

function faults(counts: readonly (readonly [count: number, what: string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`)
    .join(', ');
}
