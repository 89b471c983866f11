import { expect, test } from 'vitest';
import { aLimitedPlan, anInterruptedPlan, aPlan } from '../../plan/testing.ts';
import { html } from '../html.ts';
import { figureCell, limitTable, sizeTable, trialTable } from './search-tables.ts';

/** Every figure by its address. */
function figuresOf(...tables: Parameters<typeof html>[1][]): Map<string, string> {
  const cells = html`${tables}`.text.matchAll(/data-value="([^"]*)" data-figure="([^"]*)"/g);
  return new Map([...cells].map(([, value, address]) => [address!, value!]));
}

test('figureCell() shows what is no number as absent, and sorts it last', () => {
  expect(figureCell(Number.NaN, String).value).toBeNull();
  expect(figureCell(undefined, String).value).toBeNull();
  expect(figureCell(7, String)).toEqual({ text: '7', value: 7 });
});

test('sizeTable() holds each capacity exactly, and how it may be published', () => {
  const plan = aPlan();
  const figures = figuresOf(sizeTable(plan));
  plan.sizes.forEach(({ confirmed, estimate }, index) => {
    expect(figures.get(`size ${index} confirmed`)).toBe(String(confirmed));
    expect(figures.get(`size ${index} estimate.lower`)).toBe(String(estimate?.lower));
  });
  expect(html`${sizeTable(aLimitedPlan())}`.text).toContain(
    'at least 58,200 users, 11,640 messages/s (generator-limited)',
  );
  expect(html`${sizeTable(anInterruptedPlan())}`.text).toContain('nothing: no soak has passed');
});

test('limitTable() has every limit of every size and their geometric mean', () => {
  const { text } = html`${limitTable(aPlan())}`;
  expect(text.match(/<th scope="row">geometric mean/g)).toHaveLength(3);
  expect(text.match(/<th scope="row">\d+ ms/g)).toHaveLength(15);
  expect(figuresOf(limitTable(aPlan())).get('limit 0.mean estimate.lower')).toBe(
    String(aPlan().sizes[0]?.geometricMean?.lower),
  );
  expect(html`${limitTable(anInterruptedPlan())}`.text).toBe('');
});

test('trialTable() has every trial with its outcome in words, and why', () => {
  const plan = anInterruptedPlan();
  const { text } = html`${trialTable(plan)}`;
  const trials = plan.sizes[0]?.trials ?? [];
  expect(text.match(/<th scope="row">/g)).toHaveLength(trials.length);
  expect(text).toContain('? spoilt');
  expect(text).toContain('lateness p99 12.4 ms, wanted at most 5 ms');
  expect(figuresOf(trialTable(plan)).get('trial 0.3 share')).toBe(String(trials[3]?.share));
});

test('sizeTable() and limitTable() give what is a lower bound neither a median nor an upper end', () => {
  const [plan, limited] = [aPlan(), aLimitedPlan()].map(
    (each) => html`${sizeTable(each)}${limitTable(each)}`.text,
  );
  for (const { estimate, capacities } of aPlan().sizes) {
    for (const upper of [estimate?.upper, capacities[0]?.estimate?.upper]) {
      expect(plan).toContain(`data-value="${upper}"`);
      expect(limited).not.toContain(`data-value="${upper}"`);
    }
  }
  expect(limited).not.toContain('>an estimate<');
  expect(limited?.match(/>at least [\d,]+ messages\/s</g)).toHaveLength(18);
});
