import { expect, test } from 'vitest';
import { aSize } from '../../../plan/document/testing.ts';
import { html } from '../../html.ts';
import { limitsChart } from './limits-chart.ts';

const proof = { proven: true, findings: [] };
const arrows = (text: string) => text.match(/l5 -6l5 6/g)?.length ?? 0;

test('limitsChart() has a bar for every limit, and an arrow where the capacity has no upper end', () => {
  const { text } = html`${limitsChart(aSize(1), { proof })}`;
  expect(text.match(/class="interval"/g)).toHaveLength(5);
  expect(arrows(text)).toBe(1);
  expect(text).toMatch(/within 100 ms: at least [\d,]+ messages\/s/);
});

test('limitsChart() has arrows alone while the generator is not proven', () => {
  expect(arrows(html`${limitsChart(aSize(1), { proof: null })}`.text)).toBe(5);
});

test('limitsChart() leaves out limits that no load met, and is nothing without any', () => {
  const { capacities } = aSize(1);
  const size = aSize(1, {
    capacities: capacities.map((each, index) => (index < 2 ? { ...each, estimate: null } : each)),
  });
  expect(html`${limitsChart(size, { proof })}`.text.match(/class="interval"/g)).toHaveLength(3);
  expect(limitsChart(aSize(1, { capacities: [] }), { proof })).toBe(false);
});
