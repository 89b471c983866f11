import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createHistogram, decodeHistogram, type Histogram } from '../histogram.ts';
import { type Distributions, Measure } from '../measure.ts';
import type { RecordLine } from '../record/index.ts';
import { slowWorkers } from './slow-workers.ts';

/** The times of a real run of a few users, to draw others from. */
const real = new Measure();
for (const text of readFileSync(new URL('../version-1/run.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')) {
  const line = JSON.parse(text) as RecordLine;
  if (line.type === 'window') real.addWindow(line);
}

/** Numbers from 0 to 1 that a seed decides. */
function lottery(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Times as the real ones were, stretched, with a pause now and then, and `more` milliseconds added. */
function drawn(
  random: () => number,
  { count, scale, more = 0 }: { count: number; scale: number; more?: number },
) {
  const shape = real.times.response as Histogram;
  const histogram = createHistogram();
  for (let n = 0; n < count; n += 1) {
    const pause = random() < 0.01 ? random() * 40_000 : 0;
    histogram.record(shape.quantile(random()) * scale + pause + more * 1_000);
  }
  const kept = decodeHistogram(histogram.encode());
  histogram.destroy();
  return kept;
}

/** A clean run: workers alike but for a fifth, under little load or much. `slow` names one that is not. */
function run(seed: number, slow?: { id: number; more: number }): Map<string, Distributions> {
  const random = lottery(seed);
  const workers = slow === undefined ? 2 + Math.floor(random() * 7) : 4;
  const typical = 0.5 + random() ** 3 * 25;
  const count = Math.floor(60 + random() ** 2 * 2_000);
  return new Map(
    Array.from({ length: workers }, (_, id) => {
      const scale = typical * (0.8 + random() * 0.4);
      const more = slow?.id === id ? slow.more : 0;
      return [String(id), { response: drawn(random, { count, scale, more }) }];
    }),
  );
}

test('slowWorkers() names one worker of four that answers 50 ms later, in every one of 20 runs', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const id = seed % 4;
    const sentences = slowWorkers(run(seed, { id, more: 50 }));
    expect(sentences).toEqual([
      expect.stringMatching(
        new RegExp(`^Worker ${id} answered slower than the others: p50 [\\d.]+ ms, the others`),
      ),
    ]);
  }
});

test('slowWorkers() says nothing about any of 50 clean runs', () => {
  for (let seed = 1; seed <= 50; seed += 1) expect(slowWorkers(run(seed))).toEqual([]);
});

test('slowWorkers() writes both figures in milliseconds', () => {
  const of = (micros: number): Distributions => {
    const histogram = createHistogram();
    for (let n = 0; n < 100; n += 1) histogram.record(micros);
    const kept = decodeHistogram(histogram.encode());
    histogram.destroy();
    return { push: kept };
  };
  const byWorker = new Map([
    ['0', of(900)],
    ['1', of(900)],
    ['2', of(51_200)],
    ['10', of(60_000)],
  ]);
  expect(slowWorkers(byWorker)).toEqual([
    'Worker 2 delivered later than the others: p50 51.2 ms, the others 0.9 ms',
    'Worker 10 delivered later than the others: p50 60.0 ms, the others 0.9 ms',
  ]);
});

test('slowWorkers() does not judge a worker alone, nor one with a handful of answers', () => {
  const random = lottery(7);
  const few = drawn(random, { count: 20, scale: 1, more: 50 });
  const many = () => drawn(random, { count: 500, scale: 1 });
  expect(slowWorkers(new Map([['-', { response: few }]]))).toEqual([]);
  const crowd = new Map([
    ['0', { response: few }],
    ['1', { response: many() }],
    ['2', { response: many() }],
  ]);
  expect(slowWorkers(crowd)).toEqual([]);
});
