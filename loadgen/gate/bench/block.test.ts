import { expect, test } from 'vitest';
import { blockSchema } from '../../../reports/gate/measurements/index.ts';
import { windowOf } from './block.ts';

test('windowOf() puts together what both ends say, in the shape of the record', () => {
  const messages = {
    offered: 9,
    sent: 8,
    answered: 6,
    dropped: 1,
    lost: 1,
    duplicated: 0,
    reordered: 0,
    troubles: 0,
  };
  const generator = { cpuShare: 0.1, latenessP99Ms: 1, latenessMaxMs: 2 };
  const slices = [{ messages: 6, p50Ms: 1, p99Ms: 2 }];
  const window = windowOf({
    load: { seconds: 1, messages, generator, slices, response: 'HISTFAAA' },
    use: { cpuMicros: 200, cpuStepMicros: 1, instructions: 900, waitingShare: 0.01 },
    heap: { allocatedBytes: 4_000, gcMicros: 30 },
  });
  const server = { cpuMicros: 200, cpuStepMicros: 1, instructions: 900, allocatedBytes: 4_000, gcMicros: 30 };
  const expected = {
    seconds: 1,
    messages,
    generator,
    slices,
    response: 'HISTFAAA',
    server,
    waitingShare: 0.01,
  };
  expect(window).toEqual(expected);
  const entry = { mode: 'open', position: 0, arm: 'base', attempt: 1, window } as const;
  expect(blockSchema.parse({ index: 0, attempt: 1, entries: [entry] }).entries[0]?.window).toEqual(expected);
});
