import { expect, test } from 'vitest';
import { healthyRun } from '../../testing.ts';
import { html } from '../html.ts';
import { heatMap, timelinePart } from './timeline.ts';

test('timelinePart() offers every phase that began, up to where the run ended', () => {
  const run = healthyRun();
  const text = html`${timelinePart({ ...run, timeline: run.timeline.slice(0, 12) })}`.text;
  const phases = [...text.matchAll(/data-start="(\d+)" data-end="(\d+)"[^>]*>(\w+)</g)];
  expect(phases.map(([, start, end, name]) => [name, start, end])).toEqual([
    ['ramp', '0', '10'],
    ['settle', '10', '12'],
  ]);
});

test('timelinePart() is nothing for a run without a second', () => {
  expect(timelinePart({ ...healthyRun(), timeline: [] })).toBe(false);
});

test('heatMap() says in words what it shows, and is nothing for times nobody took', () => {
  const run = healthyRun();
  expect(html`${heatMap(run, 'response')}`.text).toMatch(/aria-label="Round trips from 00:00.*the slowest/);
  expect(heatMap(run, 'push')).toBe(false);
});
