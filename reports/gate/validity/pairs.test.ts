import { expect, test } from 'vitest';
import type { Block, Entry } from '../measurements/index.ts';
import { aBlock, aWindow } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { defaultGuards } from './guards.ts';
import { keptEntries, pairsOf } from './pairs.ts';

const [plan] = planBlocks('5eed', { blocks: 1 });
const options = { guards: defaultGuards, windows: 8 };

test('keptEntries() of an undisturbed block are all its windows', () => {
  const block = aBlock(plan!);
  expect(keptEntries(block, options)).toEqual(block.entries);
});

test('keptEntries() drops the undisturbed neighbour too, and takes both from the next attempt', () => {
  const block = disturb(aBlock(plan!), 5);
  expect(keptEntries(block, options)).toBeUndefined();

  const again = [4, 5].map((position) => secondAttempt(block, position));
  const kept = keptEntries({ ...block, entries: [...block.entries, ...again] }, options);
  expect(kept).toHaveLength(16);
  expect(kept!.filter(({ attempt }) => attempt === 2)).toEqual(again);
});

test('keptEntries() has no block where half a pair is missing', () => {
  const block = aBlock(plan!);
  expect(keptEntries({ ...block, entries: block.entries.slice(0, -1) }, options)).toBeUndefined();
});

test('pairsOf() says which window of a pair was disturbed, and by what', () => {
  const block = disturb(aBlock(plan!), 5);
  const disturbed = pairsOf(block, defaultGuards).flatMap((pair) => pair.disturbed);
  expect(disturbed.map(({ entry, by }) => [entry.mode, entry.position, by])).toEqual([
    ['fixed', 5, ['waiting']],
  ]);
});

function disturb(block: Block, position: number): Block {
  const entries = block.entries.map((entry): Entry => {
    const isIt = entry.mode === 'fixed' && entry.position === position;
    return isIt ? { ...entry, window: aWindow({ waitingShare: 0.4 }) } : entry;
  });
  return { ...block, entries };
}

function secondAttempt(block: Block, position: number): Entry {
  const first = block.entries.find((entry) => entry.mode === 'fixed' && entry.position === position);
  return { ...first!, attempt: 2, window: aWindow() };
}
