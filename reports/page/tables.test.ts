import { expect, test } from 'vitest';
import { healthyRun, healthySummary, phasedSummary } from '../testing.ts';
import { html, type Insert } from './html.ts';
import { brokerTable, eventTable, generatorTable, latencyTable, phaseTable, workerTable } from './tables.ts';

function render(table: Insert): string {
  return html`${table}`.text;
}

test('latencyTable() shows response, service and lateness in this order', () => {
  const text = render(latencyTable(healthySummary()));
  expect(text).toMatch(/response<.*service<.*lateness</s);
});

test('workerTable() has a row for each worker and its process', () => {
  const summary = healthySummary();
  const text = render(workerTable(summary));
  expect(text.match(/<tr>/g)).toHaveLength(3);
  expect(text).toContain(`>${summary.workers[1]?.pid}<`);
});

test('brokerTable() ends with the whole server', () => {
  expect(render(brokerTable(healthySummary()))).toMatch(/broker 0.*<tfoot>.*all server processes/s);
});

test('generatorTable() counts the coordinator and claims no idle loop for it', () => {
  expect(render(generatorTable(healthySummary()))).toMatch(/coordinator<.*>–</);
});

test('eventTable() numbers events as the charts do and escapes their words', () => {
  const run = healthyRun();
  run.events.push({ type: 'event', second: 30, kind: 'worker-exit', text: 'last words: <script>' });
  expect(render(eventTable(run))).toMatch(/row">2<.*>00:30<.*>worker exit<.*last words: &lt;script&gt;</);
});

test('phaseTable() compares measured phases and is nothing for one', () => {
  expect(render(phaseTable(phasedSummary()))).toMatch(/row">calm<.*row">storm</s);
  expect(render(phaseTable(healthySummary()))).toBe('');
});
