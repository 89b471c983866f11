import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { EMBEDDED_ID, embedRun, readEmbedded } from './embed.ts';

const ROOM = 1_000_000;

function pageWith(text: string): string {
  return `<html><script type="text/plain" id="${EMBEDDED_ID}">${text}</script></html>`;
}

test('readEmbedded() gives back the run: header, events and summary to the last digit', () => {
  const run = healthyRun();
  const { text, stretch } = embedRun(run, ROOM);
  const { timeline, ...rest } = readEmbedded(pageWith(text), 'report.html');
  const { timeline: wanted, ...exact } = run;
  expect(stretch).toBe(1);
  expect(rest).toEqual(exact);
  expect(timeline.map(({ second, sent, users }) => ({ second, sent, users }))).toEqual(
    wanted.map(({ second, sent, users }) => ({ second, sent, users })),
  );
  expect(timeline[20]?.response?.p99).toBeCloseTo(wanted[20]?.response?.p99 ?? Number.NaN, 2);
});

test('embedRun() joins seconds when a page has no room for all of them', () => {
  const run = healthyRun();
  const most = embedRun(run, ROOM).text.length / 2;
  const { text, stretch } = embedRun(run, most);
  expect(stretch).toBeGreaterThan(1);
  expect(text.length).toBeLessThanOrEqual(most);
  expect(readEmbedded(pageWith(text), 'report.html').summary).toEqual(run.summary);
});

test.each([
  ['a page of something else', '<html></html>'],
  ['a page that was cut off', pageWith(embedRun(healthyRun(), ROOM).text).slice(0, 900)],
  ['a page with another record', pageWith('aGVsbG8=')],
])('readEmbedded() refuses %s', (_, page) => {
  expect(() => readEmbedded(page, 'some.html')).toThrow(
    'Cannot read run out of page "some.html": wanted a report.html that is whole',
  );
});
