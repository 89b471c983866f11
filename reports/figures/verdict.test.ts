import { expect, test } from 'vitest';
import type { Summary, Verdict } from '../../loadgen/results/index.ts';
import { channelsSummary, healthySummary, phasedSummary } from '../testing.ts';
import { ruleValue, story, verdictSentence, verdictWord } from './verdict.ts';

function judged(
  status: Verdict['status'],
  reasons: string[],
  validity: Verdict['validity'] = 'valid',
): Summary {
  return { ...healthySummary(), verdict: { status, validity, reasons } };
}

test('verdictWord() shouts one word for each status', () => {
  const words = (['pass', 'fail', 'regressed', 'invalid'] as const).map((status) =>
    verdictWord(judged(status, []).verdict),
  );
  expect(words).toEqual(['PASS', 'FAIL', 'REGRESSED', 'INVALID']);
});

test('verdictSentence() of a pass says how many users, how much and how fast', () => {
  expect(verdictSentence(judged('pass', []))).toMatch(
    /^60 users, [\d.]+ round trips a second, 99 % within [\d.]+ ms; every rule holds$/,
  );
});

test('verdictSentence() of a pass speaks of those answered when some were not', () => {
  const summary = judged('pass', []);
  for (const unanswered of [{ timedOut: 1 }, { lost: 1 }]) {
    const some = { ...summary, messages: { ...summary.messages, ...unanswered } };
    expect(verdictSentence(some)).toMatch(/ a second, 99 % of those answered within [\d.]+ ms; /);
  }
});

test('verdictSentence() of a suspect pass doubts before it praises', () => {
  const sentence = verdictSentence(judged('pass', ['Lateness p99 is 14 ms'], 'suspect'));
  expect(sentence).toBe('Passed, but to be doubted: Lateness p99 is 14 ms');
});

test('verdictSentence() gives the first reason, or names the first broken rule', () => {
  expect(verdictSentence(judged('fail', ['Worker 1 ended', 'more']))).toBe('Worker 1 ended');
  const broken = { ...judged('fail', []), rules: [{ rule: 'messages.lost == 0', value: 12, ok: false }] };
  expect(verdictSentence(broken)).toBe('1 of 1 rule failed, first "messages.lost == 0": 12');
});

test('verdictSentence() of an invalid run never speaks well of the target', () => {
  expect(verdictSentence(judged('invalid', [], 'invalid'))).toContain('say nothing about the target');
});

test('story() names what was lost and is silent about what was not', () => {
  const summary = healthySummary();
  expect(story(summary).join(' ')).toContain('No message was lost');
  summary.messages.lost = 12;
  expect(story(summary).join(' ')).toContain('Messages 12 lost with their connection.');
});

test('story() counts the users that failed against those that were planned', () => {
  const summary = healthySummary();
  Object.assign(summary.users, { peak: 48, failed: { refused: 10, timeout: 2 } });
  expect(story(summary)[0]).toBe(
    'Of 60 users 48 were connected at the same moment; 12 failed to connect and none lost its connection.',
  );
});

test('story() speaks of deliveries when users published', () => {
  const sentences = story(channelsSummary());
  expect(sentences.at(-2)).toMatch(
    /^Publications reached their subscribers 200 times a second, 99 of 100 within .*; the last subscriber/,
  );
  expect(sentences.at(-1)).toBe('No publication was lost, doubled or out of order.');
});

test('verdictSentence() and story() say so when nobody subscribed to what was published', () => {
  const summary = channelsSummary();
  Object.assign(summary.messages, { subscribed: 0, pushed: 0, pushesPerSecond: 0 });
  expect(verdictSentence(summary)).toContain('users, 40 publications, to which nobody subscribed; ');
  expect(story(summary).at(-2)).toBe('Nobody subscribed to the 40 publications.');
});

test('ruleValue() tells a missing figure from zero', () => {
  expect(ruleValue({ rule: 'x', value: 0, ok: true })).toBe('0');
  expect(ruleValue({ rule: 'x', value: null, ok: false })).toBe('no such figure in this run');
});

test('story() tells what the oracle found, errors, and who left and came back', () => {
  const published = channelsSummary();
  Object.assign(published.messages, { pushLost: 1, pushReordered: 2, pushUnasked: 3 });
  expect(story(published).at(-1)).toBe(
    'Publications 1 not delivered, 2 delivered out of order, 3 delivered unasked.',
  );
  const summary = healthySummary();
  summary.messages.errors = 4;
  Object.assign(summary.users, { left: 9, returned: 8 });
  const text = story(summary).join(' ');
  expect(text).toContain('Messages 4 answered with an error.');
  expect(text).toContain('9 users left when it was time, 8 came back.');
});

test('story() names the phases its figures are taken from', () => {
  expect(story(healthySummary()).join(' ')).toContain('In the steady phase ');
  expect(story(phasedSummary()).join(' ')).toContain('In the measured phases ');
});

test('story() tells how long it took to come back from a lost connection', () => {
  const summary = healthySummary();
  summary.users.returned = 5;
  summary.latencyMs.recovery = { ...summary.latencyMs.response!, p99: 1_204.6 };
  expect(story(summary)[1]).toBe(
    '5 came back; after a lost connection 99 of 100 were ready again within 1,205 ms.',
  );
});
