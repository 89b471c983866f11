import { expect, test } from 'vitest';
import { aSize } from '../../plan/document/testing.ts';
import { aLimitedPlan, anEmptyPlan, anInterruptedPlan, aPlan } from '../../plan/testing.ts';
import { html } from '../html.ts';
import {
  costsPart,
  factList,
  findingsOf,
  fleetParts,
  limitsPart,
  list,
  proofPart,
  scalingPart,
  searchPart,
} from './parts.ts';

const parts = { searchPart, limitsPart, scalingPart, fleetParts, costsPart, proofPart };
const drawings = (text: string) => text.match(/<svg /g)?.length ?? 0;

test('each part of a whole plan has what it is named for', () => {
  const texts = Object.entries(parts).map(([name, part]) => [name, html`${part(aPlan())}`.text] as const);
  for (const [name, text] of texts) expect(text, name).toMatch(/<section .*<table/s);
  expect(texts.map(([, text]) => drawings(text))).toEqual([2, 1, 1, 0, 0, 0]);
});

test.each(['limitsPart', 'scalingPart', 'fleetParts', 'costsPart', 'proofPart'] as const)(
  '%s() is not there in a plan that was interrupted before it',
  (name) => {
    expect(html`${parts[name](anInterruptedPlan())}`.text).toBe('');
  },
);

test('searchPart() shows the search so far, and nothing of none', () => {
  expect(drawings(html`${searchPart(anInterruptedPlan())}`.text)).toBe(2);
  expect(html`${searchPart(anEmptyPlan())}`.text).toBe('');
});

test('fleetParts() has no table for so many users where nobody asked', () => {
  const { fleets } = aPlan();
  const { text } = html`${fleetParts(aPlan({ fleets: { ...fleets!, needed: null } }))}`;
  expect(text.match(/<h2 /g)).toHaveLength(1);
});

test('proofPart() says in words whose capacity it is', () => {
  expect(html`${proofPart(aPlan())}`.text).toContain('the capacity is the server’s');
  expect(html`${proofPart(aLimitedPlan())}`.text).toContain('is a lower bound');
});

test('findingsOf() names the number of workers where there are several', () => {
  const sizes = [1, 2].map((workers) => aSize(workers, { findings: ['The target was full'] }));
  expect(findingsOf(sizes)).toEqual([
    'With 1 worker: The target was full',
    'With 2 workers: The target was full',
  ]);
  expect(findingsOf(sizes.slice(0, 1))).toEqual(['The target was full']);
});

test('list() and factList() are nothing at all when empty, and escape what they hold', () => {
  expect([list([]), factList([])]).toEqual([false, false]);
  expect(html`${list(['<b>'])}${factList([['a', '<i>']])}`.text).not.toMatch(/<b>|<i>/);
});
