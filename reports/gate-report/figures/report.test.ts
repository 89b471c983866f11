import { expect, test } from 'vitest';
import { confirmingSettings, pullRequestSettings } from '../../gate/verdicts/index.ts';
import { aLedger, gateReport } from '../testing.ts';

test('reportOf() tells each row as the answer does, with the rules it was held against', async () => {
  const { rows, status, looks } = await gateReport('slower');
  expect([status, looks]).toEqual(['regression', [12, 20, 32]]);
  const cpu = rows.find(({ metric }) => metric === 'cpu')!;
  expect(cpu).toMatchObject({ title: 'CPU per message', unit: 'µs', materiality: 0.02, margin: 0.04 });
  expect(cpu).toMatchObject({ verdict: 'regression', blocks: 12, look: 1, limit: 0.0005 });
  expect(cpu.candidate / cpu.base).toBeCloseTo(1.05, 1);
});

test('reportOf() counts the pairs measured again in the blocks of a row', async () => {
  const { rows, disturbed, measured } = await gateReport('slower');
  expect(disturbed.disturbedPairs).toBeGreaterThan(0);
  expect(rows.map(({ pairsAgain }) => pairsAgain)).toEqual(rows.map(() => disturbed.disturbedPairs));
  expect(measured).toHaveLength(12);
});

test('reportOf() puts a bootstrap interval around the effect, the same each time', async () => {
  const [one, other] = [await gateReport('slower'), await gateReport('slower')];
  for (const { metric, effect, bootstrap } of one.rows) {
    expect(bootstrap.lower, metric).toBeLessThanOrEqual(effect);
    expect(bootstrap.upper, metric).toBeGreaterThanOrEqual(effect);
  }
  expect(one.rows.map(({ bootstrap }) => bootstrap)).toEqual(other.rows.map(({ bootstrap }) => bootstrap));
});

test('reportOf() takes the standing of gated metrics alone, of this kind of host', async () => {
  const { ledger } = await gateReport('equal', { ledger: aLedger() });
  expect(ledger?.runner).toBe('2 × a processor, Node 20');
  expect(ledger?.standings.map(({ metric }) => metric)).toEqual(['cpu', 'instructions', 'p50', 'tail']);
  expect(ledger?.standings[0]).toMatchObject({ jobs: 30, falseAlarms: 1, injected: { name: 'parse' } });
  expect(await gateReport('equal')).not.toHaveProperty('ledger');
});

test('reportOf() tells a job that confirms another', async () => {
  const rules = confirmingSettings(pullRequestSettings({ countsInstructions: true }), ['cpu']);
  const settings = JSON.parse(JSON.stringify(rules));
  const { rows, level, attempt, commands } = await gateReport('slower', { settings, attempt: 2 });
  expect([level, attempt, rows.map(({ metric }) => metric)]).toEqual([0.05, 2, ['cpu']]);
  expect(commands.repeat).toContain('--attempt 2');
});

test('reportOf() tells a job without a look: no rows, and what went wrong', async () => {
  const { rows, faults, status, measured } = await gateReport('lossy');
  expect([rows, status, faults.candidate.lost]).toEqual([[], 'regression', 1]);
  expect(measured).toHaveLength(2);
});
