import { expect, test } from 'vitest';
import { aLimitedPlan, anEmptyPlan, anIdlePlan, anInterruptedPlan, aPlan } from '../testing.ts';
import { answerOf, nameSize } from './answer.ts';
import { aSize } from './testing.ts';

test('answerOf() tells a proven capacity as users and messages, with its estimate', () => {
  const answer = answerOf(aPlan());
  expect(answer).toMatchObject({
    outcome: 'found',
    word: 'FOUND',
    sentence: '1 worker carries 58,200 users, 11,640 messages/s with 99 % < 50 ms, confirmed by a soak',
  });
  expect(answer.details).toEqual([
    'The estimate is 60,000 users, 90 %: 58,060 to 62,010 users; in load 12,000 (90 %: 11,610 to 12,400) messages/s',
  ]);
  expect(answer.fleet).toMatch(/^Buy 2 hosts of c7i\.large/);
  expect(answer.needed).toMatch(/^50,000 users take/);
  expect(answer.next).toMatch(/^Calibrate c8g\.large/);
});

test('answerOf() words what the generator ended as a lower bound, without an interval', () => {
  const { outcome, word, sentence, details } = answerOf(aLimitedPlan());
  expect([outcome, word]).toEqual(['at-least', 'AT LEAST']);
  expect(sentence).toContain('carries at least 58,200 users, 11,640 messages/s (generator-limited) with');
  expect(details.join()).not.toContain('90 %');
  expect(details.join()).toContain('has no upper end');
});

test('answerOf() never calls a capacity found that the proof does not bear out, whatever the search says', () => {
  const { proof } = aLimitedPlan();
  expect(answerOf(aPlan({ proof })).outcome).toBe('at-least');
  expect(answerOf(aPlan({ proof: null })).sentence).toContain('(generator not proven)');
});

test('answerOf() of an interrupted plan tells what there is', () => {
  const { outcome, sentence, details, ...others } = answerOf(anInterruptedPlan());
  expect([outcome, sentence]).toEqual([
    'unconfirmed',
    'Cannot confirm a capacity within 7 trials: no soak passed',
  ]);
  expect(details).toEqual([
    'Not confirmed, the estimate is 12,000 (90 %: 11,610 to 12,400) messages/s',
    'The largest load at which a trial passed is 11,280 messages/s',
  ]);
  expect(Object.keys(others)).toEqual(['word', 'sign']);
  expect(answerOf(anEmptyPlan()).outcome).toBe('empty');
});

test('answerOf() of a capacity that no soak confirmed says at least where it has no end, and holds back from buying', () => {
  const size = aSize(1, {
    verdict: 'unconfirmed',
    confirmed: null,
    wording: null,
    atLeast: 'generator-limited',
  });
  const { details, fleet } = answerOf(aPlan({ sizes: [size], proof: null }));
  expect(details[0]).toBe(
    'Not confirmed, it is believed to be at least 11,610 messages/s (generator-limited)',
  );
  expect(fleet).toMatch(/^Not before a soak confirms the capacity: Buy 2 hosts/);
});

test('answerOf() of users who hardly say anything tells of fleets, and of no capacity', () => {
  const { details, fleet, outcome, sentence, word } = answerOf(anIdlePlan());
  expect([outcome, word, details]).toEqual(['costs', 'FROM COSTS', []]);
  expect(sentence).toMatch(/^Users hardly say anything, so no load was searched/);
  expect(fleet).toMatch(/^Buy 2 hosts of c7i\.large/);
});

test.each(['not-met', 'fell-over'] as const)(
  'answerOf() of a search that is %s has its sentence',
  (verdict) => {
    const size = aSize(1, {
      verdict,
      sentence: 'Cannot do it',
      confirmed: null,
      wording: null,
      estimate: null,
    });
    expect(answerOf(aPlan({ sizes: [size] }))).toMatchObject({ outcome: verdict, sentence: 'Cannot do it' });
  },
);

test('answerOf() says of limited workers that they are no host', () => {
  const { sentence, details } = answerOf(aPlan({ sizes: [aSize(2, { share: 0.2 })] }));
  expect(sentence).toMatch(/^2 workers of 20 % of a core each carry /);
  expect(details.at(-1)).toContain('says nothing of hosts that give workers whole cores');
  expect(nameSize({ workers: 1, share: 0.2 })).toBe('1 worker of 20 % of a core');
});

test('answerOf() prefers the plan’s own advice', () => {
  expect(answerOf(aPlan({ next: 'Search with 4 workers' })).next).toBe('Search with 4 workers');
});
