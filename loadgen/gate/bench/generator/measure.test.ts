import { expect, onTestFinished, test } from 'vitest';
import { createTimerAlarm } from '../../../agent/alarm/index.ts';
import { startTarget } from '../../../drivers/testing.ts';
import { findScenario } from '../scenarios.ts';
import { Crowd } from './crowd.ts';
import { Ticker } from './loads.ts';
import { measureLoad } from './measure.ts';

async function tools() {
  const scenario = findScenario('channels');
  const target = await startTarget();
  const spec = { crowd: 'base', port: target.port, path: '/socketcluster/', users: 8, isIdle: false };
  const crowd = await Crowd.connect(spec, scenario);
  const ticker = new Ticker(createTimerAlarm);
  onTestFinished(async () => {
    ticker.close();
    await crowd.close();
    await target.close();
  });
  return { crowd, scenario, patienceSeconds: 5, ticker };
}

test('measureLoad() counts fixed work from its own beginning, and has no slices for it', async () => {
  const { crowd, ...others } = await tools();
  for (const messages of [100, 40]) {
    const figures = await measureLoad(crowd, { ...others, load: { mode: 'fixed', messages } });
    expect(figures.messages).toEqual({
      offered: messages,
      sent: messages,
      answered: messages,
      dropped: 0,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      troubles: 0,
    });
    expect(figures.slices).toBeUndefined();
    expect(figures.response).toEqual(expect.any(String));
    expect(figures.seconds).toBeGreaterThan(0);
  }
});

test('measureLoad() offers what was sent when only the time is fixed', async () => {
  const { crowd, ...others } = await tools();
  const { messages } = await measureLoad(crowd, { ...others, load: { mode: 'timed', seconds: 0.05 } });
  expect(messages.offered).toBe(messages.sent);
  expect(messages.answered).toBe(messages.sent);
});

test('measureLoad() tells slices and lateness of a constant rate', async () => {
  const { crowd, ...others } = await tools();
  const figures = await measureLoad(crowd, {
    ...others,
    load: { mode: 'open', perSecond: 1_000, seconds: 0.1, sliceMs: 50 },
  });
  expect(figures.messages).toMatchObject({ offered: 100, sent: 100, answered: 100 });
  expect(figures.slices?.map(({ messages }) => messages)).toEqual([50, 50]);
  expect(figures.generator.latenessMaxMs).toBeGreaterThanOrEqual(figures.generator.latenessP99Ms);
});
