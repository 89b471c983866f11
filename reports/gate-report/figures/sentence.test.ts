import { expect, test } from 'vitest';
import { gateReport } from '../testing.ts';

const sentenceOf = async (...job: Parameters<typeof gateReport>) => (await gateReport(...job)).sentence;

test('verdictSentence() names every metric that is worse, by how much, and between which bounds', async () => {
  expect(await sentenceOf('slower')).toMatch(
    /^CPU per message is 4\.\d % worse \(\+3\.\d % to \+5\.\d %\); Instructions per message is /,
  );
});

test('verdictSentence() of a pass names what is better', async () => {
  expect(await sentenceOf('equal')).toBe('No gated metric is worse by an amount that matters');
  expect(await sentenceOf('better')).toMatch(/matters; CPU per message is \d+\.\d % better \(−/);
});

test('verdictSentence() of a job that could not tell says how many blocks would', async () => {
  expect(await sentenceOf('noisy')).toMatch(/^32 blocks do not settle CPU per message; .*; about \d+ would$/);
});

test('verdictSentence() of a lost message, a server that ended or a spoilt host gives the reason', async () => {
  expect(await sentenceOf('lossy')).toBe('The candidate breaks its word: 1 lost');
  expect(await sentenceOf('broken')).toBe(
    'The candidate breaks down under load that the base carries: 1 of its 4 processes ended',
  );
  expect(await sentenceOf('disturbed')).toBe('The host disturbed a block 3 times over');
});
