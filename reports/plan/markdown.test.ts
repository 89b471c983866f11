import { expect, test } from 'vitest';
import { formatPlanMarkdown } from './markdown.ts';
import { aLimitedPlan, anEmptyPlan, anInterruptedPlan, aPlan } from './testing.ts';

const titlesOf = (text: string) => [...text.matchAll(/^### (.*)$/gm)].map(([, title]) => title);

test('formatPlanMarkdown() begins with the answer and goes on to what it rests on', () => {
  const text = formatPlanMarkdown(aPlan());
  expect(text).toMatch(/^## ✓ FOUND: 1 worker carries 58,200 users, 11,640 messages\/s with 99 % &lt; 50 ms/);
  expect(titlesOf(text)).toEqual([
    'Capacity',
    'Capacity by limit',
    'Scaling',
    'Fleets',
    'Costs',
    'Proof of the generator',
    'Predictions',
  ]);
  expect(text).toContain(aPlan().tables?.markdown.trim());
  expect(text).toContain('What to measure next: Calibrate c8g.large');
  expect(text).toContain(`\n${aPlan().command}\n`);
  expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('formatPlanMarkdown() has tables whose rows are as wide as their headings', () => {
  for (const block of formatPlanMarkdown(aPlan({ tables: null })).split('\n\n')) {
    const widths = block
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split(' | ').length);
    expect(new Set(widths).size, block).toBeLessThanOrEqual(1);
  }
});

test('formatPlanMarkdown() puts at least before every capacity that is not proven, the mean as well', () => {
  const text = formatPlanMarkdown(aLimitedPlan());
  expect(text).toContain('| geometric mean | at least ');
  expect(text).toMatch(/\| 10 ms \| at least [\d,]+ \|/);
  expect(text).toContain("| ✗ fails | Little's law: messages under way, off by | not measured |");
});

test('formatPlanMarkdown() of a plan that broke off names what is missing', () => {
  const text = formatPlanMarkdown(anInterruptedPlan());
  expect(text).toContain('**Not in this plan:**\n\n- a confirmed capacity');
  expect(titlesOf(text)).toEqual(['Capacity']);
  expect(titlesOf(formatPlanMarkdown(anEmptyPlan()))).toEqual([]);
});

test('formatPlanMarkdown() shows names as they are, whatever they hold', () => {
  const plan = aPlan();
  plan.profile.name = 'a|<img>*';
  expect(formatPlanMarkdown(plan)).toContain('a\\|&lt;img>\\*');
});
