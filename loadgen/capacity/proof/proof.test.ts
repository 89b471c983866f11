import { expect, test } from 'vitest';
import { type ProofInput, prove } from './proof.ts';
import { generatorWith, proofInput } from './testing.ts';

test('prove() calls a load the server’s when every guard holds', () => {
  const proof = prove(proofInput());
  expect(proof.findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(proof).toMatchObject({ proven: true, wording: '', remark: '' });
});

test.each<[string, Partial<ProofInput>]>([
  ['a guard that is crossed', { generator: generatorWith({ achieved: 0.9 }) }],
  ['a ceiling below 1.5 times the load', { ceiling: 14_900 }],
  ['a ceiling that nobody measured', { ceiling: undefined as never }],
  [
    'a split that changes the share',
    { split: { single: { share: 0.99, halfWidth: 0.001 }, double: { share: 0.996, halfWidth: 0.001 } } },
  ],
  ['a split that nobody measured', { split: undefined as never }],
  [
    'messages under way that Little’s law does not know',
    {
      generator: generatorWith({
        inFlight: { mean: 40, standardError: 0.1, perSecond: 10_000, latencyMs: 3 },
      }),
    },
  ],
])('prove() says "at least" for %s', (_name, changes) => {
  const proof = prove(proofInput(changes));
  expect(proof.findings.filter(({ ok }) => !ok)).toHaveLength(1);
  expect(proof).toMatchObject({ proven: false, wording: 'at least', remark: '(generator-limited)' });
});
