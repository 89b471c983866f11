import { expect, test } from 'vitest';
import { healthySummary } from '../../testing.ts';
import { html } from '../html.ts';
import { agentsTable } from './agents-table.ts';

const summary = healthySummary();

test('agentsTable() shows every host with its clock and the error of that', () => {
  const agent = {
    id: 'a<1>',
    processes: 2,
    users: 30,
    cpuCores: 0.25,
    rssMB: 140,
    clockOffsetMs: -12,
    clockErrorMs: 0.25,
  };
  const text = html`${agentsTable({ ...summary, generator: { ...summary.generator, agents: [agent] } })}`
    .text;
  expect(text).toContain('a&lt;1&gt;');
  expect(text).toContain('data-value="-12"');
  expect(text).toContain('data-value="0.25"');
  // Nothing was sent and nothing told when it began.
  expect(text.match(/data-value=""/g)).toHaveLength(2);
});

test('agentsTable() is not there when the coordinator held all users itself', () => {
  expect(agentsTable(summary)).toBe(false);
});
