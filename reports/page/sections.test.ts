import { expect, test } from 'vitest';
import { channelsSummary, healthyRun, healthySummary } from '../testing.ts';
import { html, type Insert } from './html.ts';
import {
  chart,
  chartRow,
  environment,
  findingsList,
  heading,
  keyFigures,
  repeat,
  rulesList,
  section,
  verdictPanel,
} from './sections.ts';

function render(part: Insert): string {
  return html`${part}`.text;
}

const figure = {
  title: 'Round trip',
  description: 'Round trip over time. p50: "low".',
  model: { id: 'chart-a', unit: 'ms', scale: 'logarithmic', small: true, lines: [] },
} as const;

test('section() is named by its title, and nothing without content', () => {
  expect(render(section('Load generator', 'x'))).toContain(
    '<section aria-labelledby="load-generator">\n<h2 id="load-generator">',
  );
  expect(render(section('Push', [], false))).toBe('');
});

test('heading() names scenario, question and time', () => {
  expect(render(heading(healthyRun()))).toMatch(
    /<h1>synthetic<\/h1>.*What does a healthy run look like\?.*2026-01-01 00:00:00 UTC/s,
  );
});

test('heading() leads to the profile that was taken, and says when nothing came of it', () => {
  const run = healthyRun();
  const withProfile = (file?: string): string =>
    render(
      heading({
        ...run,
        summary: { ...run.summary, profile: { tool: 'flame', role: 'worker', id: 2, ...(file && { file }) } },
      }),
    );
  expect(withProfile('profile.html')).toContain('Profile: <a href="profile.html">worker 2 under flame</a>');
  expect(withProfile()).toContain('Profile: worker 2 under flame, of which nothing came');
  expect(render(heading(run))).not.toContain('Profile');
});

test('verdictPanel() says the verdict in a word, a sign and a sentence, and every further reason', () => {
  const verdict = { status: 'fail', validity: 'valid', reasons: ['Too slow', 'Too few'] } as const;
  const text = render(
    verdictPanel({ ...healthySummary(), verdict: { ...verdict, reasons: [...verdict.reasons] } }),
  );
  expect(text).toContain('<span aria-hidden="true">✗</span> FAIL');
  expect(text).toContain('<p class="sentence">Too slow</p>');
  expect(text).toContain('<li>Too few</li>');
});

test('rulesList() says in words whether a rule holds', () => {
  const rules = [{ rule: 'messages.lost < 1', value: 12, ok: false }];
  expect(render(rulesList({ ...healthySummary(), rules }))).toMatch(/✗ fails.*messages\.lost &lt; 1.*12/);
  expect(render(rulesList({ ...healthySummary(), rules: [] }))).toBe('');
});

test('findingsList() is nothing without findings', () => {
  expect(render(findingsList(healthySummary()))).toBe('');
  expect(render(findingsList({ ...healthySummary(), findings: ['Slow & odd'] }))).toContain(
    '<li>Slow &amp; odd</li>',
  );
});

test('keyFigures() shows round trips, or deliveries when users published', () => {
  expect(render(keyFigures(healthySummary()))).toContain('Round trips a second');
  expect(render(keyFigures(channelsSummary()))).toContain('Deliveries a second');
});

test('keyFigures() tells a cause that made users fail from the same that dropped others', () => {
  const summary = healthySummary();
  Object.assign(summary.users, { failed: { timeout: 12 }, dropped: { timeout: 3, ended: 1 } });
  expect(render(keyFigures(summary))).toContain('failed: timeout 12; dropped: timeout 3, ended 1');
});

test('keyFigures() counts lost deliveries among those that were owed', () => {
  const summary = channelsSummary();
  summary.messages.pushLost = 100;
  expect(render(keyFigures(summary))).toContain('<b>100</b><span>of 4,100 messages and deliveries</span>');
});

test('keyFigures() holds what was sent against the plan only where there is one', () => {
  const summary = healthySummary();
  expect(render(keyFigures(summary))).toContain(' % of the plan sent');
  summary.schedule = { perSecond: 0, ratio: 1 };
  expect(render(keyFigures(summary))).toContain('as they come');
});

test('chart() tells in words what its canvas shows', () => {
  const text = render(chart({ ...figure, model: { ...figure.model, lines: [] } }));
  expect(text).toContain(
    '<canvas id="chart-a" role="img" aria-label="Round trip over time. p50: &quot;low&quot;."></canvas>',
  );
  expect(text).toContain('<span>ms</span> <span>logarithmic</span>');
});

test('chartRow() is nothing without charts', () => {
  expect(render(chartRow([]))).toBe('');
});

test('environment() says where the run was measured', () => {
  const run = healthyRun();
  run.header.host = { ...run.header.host, cpus: 2, model: 'Example <CPU>', memoryGB: 15.6 };
  const text = render(environment(run));
  expect(text).toContain('2 × Example &lt;CPU&gt;, 15.6 GB');
  expect(text).toContain('2 workers, 1 broker, 0 balancers');
});

test('repeat() shows the command and the scenario without letting either become markup', () => {
  const text = render(repeat(healthyRun()));
  expect(text).toContain('npm run bench -- --scenario synthetic');
  expect(text).toContain('&lt;/script&gt;');
});
