import { expect, test } from 'vitest';
import { formatProof } from './format.ts';
import type { Proof, Trial } from './prove.ts';

const figure = {
  worker: null,
  quantile: 'p999',
  analytic: 5,
  given: 5.1,
  measured: 5.25,
  allowed: 1,
  ok: true,
} as const;

const trial: Trial = {
  name: 'fixed',
  title: 'always 5 ms',
  seed: 1,
  attempts: 2,
  ok: true,
  figures: [figure],
  validity: 'valid',
  remarks: [],
  lateness: { p50: 0.1, p99: 0.3, p999: 0.5 },
  stealPercent: 0,
  answered: 100,
  planHash: '0123456789ab',
  unconserved: [],
};

function proofOf(changes: Partial<Proof>): Proof {
  const host = { cpus: 2, model: '', memoryGB: 1, kernel: '', node: '', fdLimit: 1 };
  const base = {
    version: 1 as const,
    startedAt: '',
    host,
    isAwake: true,
    seconds: 5,
    checks: [],
    rivals: [],
  };
  return { ...base, trials: [trial], isComplete: true, ok: true, ...changes };
}

test('formatProof() shows analytic, given and measured times, the error and what is allowed', () => {
  const line = formatProof(proofOf({})).split('\n')[1];
  expect(line?.split(/ {2,}/)).toEqual([
    'always 5 ms',
    '1',
    'p99.9',
    '5.00',
    '5.10',
    '5.25',
    '+0.25',
    '1.00',
    'ok',
  ]);
});

test('formatProof() says how often a disturbed case was measured', () => {
  expect(formatProof(proofOf({}))).toContain(
    'always 5 ms, seed 1: measured 2 times, because the machine was',
  );
});

test('formatProof() says when processors could not be kept awake', () => {
  expect(formatProof(proofOf({}))).not.toContain('Idle processors');
  expect(formatProof(proofOf({ isAwake: false }))).toContain('\nIdle processors halt here');
});

test('formatProof() ends with the verdict', () => {
  expect(formatProof(proofOf({}))).toMatch(
    /^PROVEN {2}1 of 1 figures within max\(1 ms, 2 %\), 0 of 0 checks hold/m,
  );
  const failed = { ...trial, figures: [{ ...figure, ok: false }], ok: false };
  expect(formatProof(proofOf({ trials: [failed], ok: false }))).toMatch(/^NOT PROVEN {2}0 of 1/m);
  expect(formatProof(proofOf({ isComplete: false, ok: false }))).toContain('; interrupted.');
});

test('formatProof() puts others beside us', () => {
  const reported = { p50: 1, p90: 2, p99: 3, p999: 4, max: 5 };
  const rivals = [{ name: 'fixed', title: 'always 5 ms', tool: 'autocannon', reported }];
  const text = formatProof(proofOf({ rivals }));
  expect(text).toMatch(/scbench +- +- +- +5\.25 +-\n +autocannon +1\.00 +2\.00 +3\.00 +4\.00 +5\.00/);
});
