import { expect, test } from 'vitest';
import { aLimitedPlan, anInterruptedPlan, aPlan } from '../../plan/testing.ts';
import { html } from '../html.ts';
import {
  bandTable,
  costTable,
  lawTable,
  predictionTable,
  proofTable,
  ratesOf,
  writeCores,
} from './model-tables.ts';

const plan = aPlan();

test('costTable() has a column for every kind of work, empty where a role does none', () => {
  const { text } = html`${costTable(plan)}`;
  for (const kind of ['inbound', 'delivery', 'ping', 'connect', 'byte'])
    expect(text).toContain(`>${kind}, µs</th>`);
  expect(text).toContain('<td data-value="0.004" data-figure="cost 0 perKind.byte">0.004</td>');
  expect(text).toContain('<td data-value="" data-figure="cost 1 perKind.byte">–</td>');
  expect(html`${costTable(anInterruptedPlan())}`.text).toBe('');
});

test('proofTable() says of each guard whether it holds, and what was not measured', () => {
  const { text } = html`${proofTable(aLimitedPlan())}`;
  expect(text.match(/✓ holds/g)).toHaveLength(2);
  expect(text.match(/✗ fails/g)).toHaveLength(1);
  expect(text).toContain('data-figure="proof 2 value">not measured</td>');
  expect(html`${proofTable({ proof: null })}`.text).toBe('');
});

test('bandTable() and lawTable() hold the figures exactly, and grey what is beyond', () => {
  const { text } = html`${bandTable(plan.scaling!)}${lawTable(plan.scaling!)}`;
  expect(text.match(/<tr class="unfit">/g)).toHaveLength(1);
  expect(text).toContain(`data-value="${plan.scaling?.band[6]?.upper}"`);
  expect(text).toContain('<td data-value="0.0004" data-figure="law 0 kappa">0.0004</td>');
});

test('predictionTable() shows the whole hash of what was frozen', () => {
  expect(html`${predictionTable(plan)}`.text).toContain('ab'.repeat(32));
});

test('ratesOf() and writeCores() name their units', () => {
  expect(ratesOf(plan)[0]).toEqual(['load', '0.2 a second']);
  expect([writeCores(1), writeCores(2)]).toEqual(['1 core', '2 cores']);
});
