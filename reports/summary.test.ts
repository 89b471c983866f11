import { expect, test } from 'vitest';
import { formatSummary, mayColour } from './summary.ts';
import { channelsSummary, healthySummary, phasedSummary, silentTarget } from './testing.ts';

function titles(text: string): string[] {
  return text.split('\n').filter((line) => /^[A-Z][a-z]+(, ms)?$/.test(line));
}

test('formatSummary() answers in the order in which people ask', () => {
  const text = formatSummary(healthySummary(), { files: ['out/report.html'] });
  expect(text).toMatch(/^(PASS|FAIL|INVALID) /);
  expect(titles(text)).toEqual([
    'Rules',
    'Users',
    'Latency, ms',
    'Throughput',
    'Workers',
    'Server',
    'Generator',
    'Files',
  ]);
  expect(text.endsWith('  out/report.html\n')).toBe(true);
});

test('formatSummary() puts the value next to the rule', () => {
  const rules = [
    { rule: 'users.failed == 0', value: 0, ok: true },
    { rule: 'latencyMs.response.p99 < 100', value: 132.4, ok: false },
    { rule: 'target.rssMB < 400', value: null, ok: false },
  ];
  const text = formatSummary({ ...healthySummary(), rules });
  expect(text).toMatch(/✓ users\.failed == 0 +0\n/);
  expect(text).toMatch(/✗ latencyMs\.response\.p99 < 100 +132\.4\n/);
  expect(text).toMatch(/✗ target\.rssMB < 400 +no such figure in this run\n/);
});

test('formatSummary() names the causes of failed users', () => {
  const summary = healthySummary();
  summary.users.failed = { refused: 3, 'handshake timeout': 12 };
  expect(formatSummary(summary)).toContain('failed 15 (handshake timeout 12, refused 3)');
});

test('formatSummary() keeps within 100 columns, long reasons included', () => {
  const reasons = ['The generator was late: '.repeat(12), 'The host was busy with something else '.repeat(6)];
  const text = formatSummary({
    ...healthySummary(),
    verdict: { status: 'invalid', validity: 'invalid', reasons },
  });
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('formatSummary() writes escape codes only when colours are asked for', () => {
  const summary = healthySummary();
  expect(formatSummary(summary)).not.toContain('\u001b');
  const coloured = formatSummary(summary, { colour: true });
  expect(coloured).toContain('\u001b[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is taken away here
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(formatSummary(summary));
});

test('formatSummary() speaks of deliveries and not of round trips when users published', () => {
  const text = formatSummary(channelsSummary());
  expect(text).toContain('200 deliveries/s');
  expect(text).not.toContain('round trips');
  expect(text).not.toMatch(/\n {2}response/);
  expect(text).toContain('40 published, 4,000 delivered, 0 lost, 0 twice, 0 out of order');
  const leaky = channelsSummary();
  leaky.messages.pushUnasked = 7;
  expect(formatSummary(leaky)).toContain('0 out of order, 7 unasked');
  expect(text).toMatch(/\n {2}first +publication to first subscriber +\d/);
});

test('formatSummary() says what was sent of the plan where that is not what was answered', () => {
  const summary = healthySummary();
  summary.schedule = { perSecond: 1_000, ratio: 1 };
  summary.messages.perSecond = 1_000;
  expect(formatSummary(summary)).toContain('  1,000 round trips/s, 100.0 % of the 1,000 planned\n');
  summary.messages.perSecond = 500;
  expect(formatSummary(summary)).toContain(
    '  500 round trips/s; of 1,000 messages/s planned 100.0 % were sent\n',
  );
  const published = { ...channelsSummary(), schedule: { perSecond: 2, ratio: 0.98 } };
  expect(formatSummary(published)).toContain(
    '  200 deliveries/s; of 2.0 publications/s planned 98.0 % were made\n',
  );
});

test('formatSummary() names findings before the rules, and phases when there are several', () => {
  const findings = ['Worker 1 answered slower than the others: p50 51.2 ms, the others 0.9 ms'];
  const text = formatSummary({ ...phasedSummary(), findings });
  expect(titles(text).slice(0, 2)).toEqual(['Findings', 'Rules']);
  expect(text).toContain(`  - ${findings[0]}\n`);
  expect(text).toMatch(/\nPhases\n.*from.*\n {2}calm .*\n {2}storm /);
});

test('formatSummary() tells of users that left, came back and recovered, and of errors', () => {
  const summary = healthySummary();
  Object.assign(summary.users, { left: 12, returned: 11 });
  summary.messages.errors = 3;
  summary.latencyMs.recovery = summary.latencyMs.response!;
  const text = formatSummary(summary);
  expect(text).toContain('left 12, returned 11;');
  expect(text).toContain('3 answered with an error');
  expect(text).toMatch(/\n {2}recovery +lost connection to ready again +\d/);
});

test('formatSummary() shows a dash where a foreign target tells nothing of itself', () => {
  const summary = healthySummary();
  const silent = summary.workers.map((worker) => ({
    ...worker,
    cpuCores: null,
    rssMB: null,
    eventLoopP99Ms: null,
  }));
  const text = formatSummary({ ...summary, workers: silent, brokers: [], target: silentTarget });
  expect(text).toMatch(/worker 0 .*–/);
  expect(titles(text)).not.toContain('Server');
});

test('mayColour() refuses files, dumb terminals and NO_COLOR', () => {
  expect(mayColour({ isTTY: true }, {})).toBe(true);
  expect(mayColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
  expect(mayColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(mayColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  expect(mayColour({}, {})).toBe(false);
});
