import { expect, test } from 'vitest';
import { healthySummary } from '../../testing.ts';
import { html } from '../html.ts';
import { serversTable } from './servers-table.ts';

const summary = healthySummary();

test('serversTable() shows each host, and what it did not tell as nothing', () => {
  const server = { id: 'a<1>', workers: 2, connections: 30, messagesPerSecond: 5 };
  const servers = [
    { ...server, cpuCores: 0.25, rssMB: 140 },
    { ...server, id: 'b', cpuCores: null, rssMB: null },
  ];
  const { text } = html`${serversTable({ ...summary, servers })}`;
  expect(text).toContain('a&lt;1&gt;');
  expect(text).toContain('data-value="0.25"');
  expect(text.match(/data-value=""/g)).toHaveLength(2);
});

test('serversTable() is not there when the target has one host', () => {
  expect(serversTable(summary)).toBe(false);
});
