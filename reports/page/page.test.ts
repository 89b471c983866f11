import { expect, test } from 'vitest';
import { toRun } from '../../loadgen/results/index.ts';
import { syntheticRun } from '../../loadgen/testing.ts';
import type { FrameModel } from '../browser/index.ts';
import { healthyRun, phasedSummary, withBalancer } from '../testing.ts';
import { buildPage } from './page.ts';

const MOST_BYTES = 1_000_000;

function embedded(page: string, id: string): unknown {
  const start = page.indexOf('>', page.indexOf(`id="${id}"`)) + 1;
  return JSON.parse(page.slice(start, page.indexOf('</script>', start)));
}

test('buildPage() asks the network for nothing', () => {
  const page = buildPage(healthyRun());
  const markup = page.replaceAll(/<script[^>]*>.*?<\/script>/gs, '');
  expect(markup).not.toMatch(/(src|href|action)\s*=\s*["']?(https?:)?\/\//i);
  expect(markup).not.toMatch(/@import|url\(/);
  expect(page).toContain('default-src &#39;none&#39;');
});

test('buildPage() stays below a megabyte for many workers and a long run', () => {
  const run = toRun(syntheticRun({ users: 128, workers: 64, seconds: 40 }));
  const hour = Array.from({ length: 90 }, (_, round) =>
    run.timeline.map((second) => ({ ...second, second: second.second + round * 60 })),
  );
  expect(Buffer.byteLength(buildPage({ ...run, timeline: hour.flat() }))).toBeLessThan(MOST_BYTES);
});

test('buildPage() shows its parts in the order in which people ask', () => {
  const page = buildPage(healthyRun());
  const headings = [...page.matchAll(/<h[12][^>]*>([^<]+)</g)].map(([, title]) => title);
  expect(headings).toEqual(
    'synthetic,Rules,Key figures,Load,Latency,Workers,Brokers,Load generator,Host,Events,Environment,Run it again'.split(
      ',',
    ),
  );
});

test('buildPage() shows balancers beside the brokers when there are any', () => {
  const run = healthyRun();
  withBalancer(run);
  const page = buildPage(run);
  expect(page).toContain('>Balancers and brokers<');
  expect(page).toContain('balancer 0');
  expect(page).toContain('id="chart-balancer-cpu"');
});

test('buildPage() lets nothing a target said become markup', () => {
  const run = healthyRun();
  const evil = '</script><img src=x onerror=alert(1)>';
  run.header.question = evil;
  run.summary.users.failed = { [evil]: 1 };
  run.summary.verdict = { status: 'fail', validity: 'valid', reasons: [evil] };
  for (const second of run.timeline)
    for (const worker of second.workers) worker.worker = `${evil}${worker.worker}`;
  for (const worker of run.summary.workers) worker.id = `${evil}${worker.id}`;
  expect(buildPage(run)).not.toContain('<img');
});

test('buildPage() cuts the phases of a run that ended early', () => {
  const run = healthyRun();
  const frame = embedded(
    buildPage({ ...run, timeline: run.timeline.slice(0, 12) }),
    'run-frame',
  ) as FrameModel;
  expect(frame.phases.map(({ name, end }) => [name, end])).toEqual([
    ['ramp', 10],
    ['settle', 12],
  ]);
  expect(frame.marks).toEqual([{ number: 1, second: 12, isFault: false }]);
});

test('buildPage() marks faults of the scenario apart from other events', () => {
  const run = healthyRun();
  run.events.push({ type: 'event', second: 20, kind: 'fault', text: 'Worker 1 was killed' });
  const frame = embedded(buildPage(run), 'run-frame') as FrameModel;
  expect(frame.marks.map(({ isFault }) => isFault)).toEqual([false, true]);
  expect(frame.phases.map(({ measured }) => measured)).toEqual([false, false, true, false]);
});

test('buildPage() shows findings and phases where there are any', () => {
  const run = healthyRun();
  const page = buildPage({ ...run, summary: { ...phasedSummary(), findings: ['Worker 1 is <slow>'] } });
  expect(page).toContain('<li>Worker 1 is &lt;slow&gt;</li>');
  expect(page).toMatch(/<caption>Measured phases<.*calm.*storm/s);
});

test('buildPage() survives a run without a single second', () => {
  const page = buildPage({ ...healthyRun(), timeline: [], events: [] });
  expect(page).not.toContain('<canvas');
  expect(page).toContain('Run it again');
});
