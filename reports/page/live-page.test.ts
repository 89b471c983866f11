import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { buildLivePage, lastModel, liveModel } from './live-page.ts';

const good = { rule: 'users.failed == 0', value: 0, ok: true };
const bad = { rule: 'messages.lost == 0', value: 3, ok: false };
const untimed = { rule: 'latencyMs.push.p99 < 5', value: null, ok: false };

/** The run as it was after some seconds. */
function runAfter(seconds: number): ReturnType<typeof healthyRun> {
  const run = healthyRun();
  const timeline = run.timeline.slice(0, seconds);
  return { ...run, timeline, final: null, summary: { ...run.summary, rules: [good, bad, untimed] } };
}

test('buildLivePage() asks nobody but its own host', () => {
  const page = buildLivePage();
  expect(page).toContain('connect-src &#39;self&#39;');
  const markup = page.replaceAll(/<script[^>]*>.*?<\/script>/gs, '');
  expect(markup).not.toMatch(/(src|href|action)\s*=\s*["']?(https?:)?\/\//i);
});

test('liveModel() says how the run stands, without calling a rule broken that has no figure yet', () => {
  const { main } = liveModel(runAfter(20));
  expect(main).toContain('1 rule would fail now, 1 would hold, 1 have nothing to be held against yet.');
  expect(main).toMatch(/✗ fails<\/b> <code>messages.lost == 0/);
  expect(main).not.toMatch(/fails<\/b> <code>latencyMs/);
  expect(main).toContain('class="verdict fail"');
  expect(liveModel(runAfter(0)).main).toContain('Waiting for the first second');
});

test('liveModel() draws charts as wide as the whole plan from the beginning', () => {
  const { charts, frame } = liveModel(runAfter(3));
  expect(charts.seconds).toBe(40);
  expect(charts.charts.find(({ id }) => id === 'chart-users')?.lines[0]?.points).toHaveLength(3);
  expect(frame.phases.at(-1)?.end).toBe(40);
});

test('lastModel() tells the verdict and hands the report over', () => {
  const { main, report, charts } = lastModel(healthyRun(), '<!doctype html>report');
  expect(main).toMatch(/PASS.*data-report/s);
  expect(report).toBe('<!doctype html>report');
  expect(charts.seconds).toBe(40);
});
