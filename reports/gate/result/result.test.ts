import { expect, test } from 'vitest';
import type { Block } from '../measurements/index.ts';
import { aBlock, type Wish } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { defaultGuards } from '../validity/index.ts';
import { gate } from '../verdicts/index.ts';
import { isWholeBlock, resultOf, type Terms } from './result.ts';

const plans = planBlocks('5eed', { blocks: 32 });
const terms: Terms = {
  settings: {
    level: 0.01,
    looks: [
      { blocks: 12, share: 0.4 },
      { blocks: 20, share: 0.6 },
    ],
    hypotheses: [gate('cpu', { isPrimary: true }), gate('p50'), gate('tail', { mayStayOpen: true })],
    watch: ['gc', 'p99'],
  },
  guards: defaultGuards,
  length: 'long',
  stallLimitMs: 15,
};

/** Blocks of a candidate that costs so much more, each a little different from the last. */
function blocksOf(count: number, factor: number, wish: (plan: number) => Wish = () => ({})): Block[] {
  return plans.slice(0, count).map((plan) =>
    aBlock(plan, ({ arm }) => {
      const wobble = 1 + ((plan.index * 5) % 12) / 2_000;
      return arm === 'candidate' ? { factor: factor * wobble, ...wish(plan.index) } : {};
    }),
  );
}

test('resultOf() passes a candidate that costs the same, at the first look', () => {
  const result = resultOf(terms, blocksOf(12, 1));
  expect(result).toMatchObject({
    status: 'pass',
    reasons: [],
    isFinished: true,
    blocks: { measured: 12, judged: 12 },
  });
  expect(result.rows.map(({ metric }) => metric)).toEqual(['cpu', 'p50', 'tail', 'gc']);
});

test('resultOf() names the metrics that are worse', () => {
  const { status, reasons } = resultOf(terms, blocksOf(12, 1.2));
  expect([status, reasons]).toEqual(['regression', ['cpu, p50, tail: worse than the base']]);
});

test('resultOf() is not finished before the first look, and shows no rows', () => {
  expect(resultOf(terms, blocksOf(11, 1.2))).toMatchObject({
    status: 'inconclusive',
    isFinished: false,
    rows: [],
  });
});

test('resultOf() ends red at the first lost message, on a disturbed host too', () => {
  const blocks = blocksOf(1, 1, () => ({ lost: 1, waitingShare: 0.9 }));
  const { status, reasons, isFinished } = resultOf(terms, blocks);
  expect([status, isFinished]).toEqual(['regression', true]);
  expect(reasons).toEqual(['The candidate breaks its word: 8 lost']);
});

test('resultOf() holds nothing against a base that loses messages itself', () => {
  const blocks = plans.slice(0, 1).map((plan) => aBlock(plan, () => ({ lost: 1 })));
  const { status, reasons } = resultOf(terms, blocks);
  expect(status).toBe('invalid');
  expect(reasons[0]).toContain('base itself');
});

test('resultOf() ends red when the server of the candidate ends under load, and says so', () => {
  const [first] = blocksOf(1, 1);
  const breakdown = { arm: 'candidate', why: '1 of its 4 processes ended' } as const;
  const broken = { ...first!, entries: first!.entries.slice(0, 3), breakdown };
  expect(resultOf(terms, [broken])).toMatchObject({
    ...{ status: 'regression', isFinished: true, breakdown },
    reasons: ['The candidate breaks down under load that the base carries: 1 of its 4 processes ended'],
  });
  expect(resultOf(terms, [first!])).not.toHaveProperty('breakdown');
});

test('resultOf() holds nothing against a base whose server ends itself', () => {
  const breakdown = { arm: 'base', why: 'it ended' } as const;
  const { status, isFinished, reasons } = resultOf(terms, [{ index: 0, attempt: 1, entries: [], breakdown }]);
  expect([status, isFinished]).toEqual(['invalid', true]);
  expect(reasons).toEqual([
    'The base itself breaks down under load: it ended; nothing can be held against it',
  ]);
});

test('resultOf() refuses to answer where disturbance follows the candidate', () => {
  const spoilt = (plan: number) => (plan < 2 ? { waitingShare: 0.5 } : {});
  const blocks = blocksOf(14, 1.2, spoilt);
  const { status, reasons, blocks: counted } = resultOf(terms, blocks);
  expect(counted).toEqual({ measured: 12, judged: 12 });
  expect(status).toBe('invalid');
  expect(reasons[0]).toContain('depends on the build');
});

test('resultOf() leaves a block that was given up out of the rows', () => {
  const blocks = blocksOf(13, 1);
  const [first] = blocks;
  const givenUp = { ...first!, entries: first!.entries.slice(0, 5) };
  expect(isWholeBlock(terms, givenUp)).toBe(false);
  expect(isWholeBlock(terms, first!)).toBe(true);
  const result = resultOf(terms, [givenUp, { ...first!, attempt: 2 }, ...blocks.slice(1)]);
  expect(result.blocks.measured).toBe(13);
  expect(result.disturbed).toMatchObject({ blocksAgain: 1 });
});

test('resultOf() refuses a job whose gated metric was not measured in every block', () => {
  const blocks = structuredClone(blocksOf(12, 1));
  for (const { window } of blocks[3]!.entries) delete window.slices;
  expect(() => resultOf(terms, blocks)).toThrow(
    'Cannot judge "p50": 11 of 12 blocks measured it, wanted all',
  );
});

test('resultOf() gives a host up that disturbs one block three times over', () => {
  const [first] = blocksOf(1, 1, () => ({ waitingShare: 0.5 }));
  const attempts = [1, 2, 3].map((attempt) => ({ ...first!, attempt }));
  expect(resultOf(terms, attempts.slice(0, 2)).isFinished).toBe(false);
  const { status, isFinished, reasons } = resultOf(terms, attempts);
  expect([status, isFinished]).toEqual(['invalid', true]);
  expect(reasons[0]).toBe('The host disturbed a block 3 times over');
});
