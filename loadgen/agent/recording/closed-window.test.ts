import { expect, test, vi } from 'vitest';
import { decodeHistogram } from '../../results/index.ts';
import { Recorder } from './recorder.ts';

const load = { pid: 1, cpuMicros: 2, rssBytes: 3, loopUtilisation: 0.5, gcMs: 0 };

test('ClosedWindow.encodeOne() encodes one histogram a call, and reads the load when none is left', () => {
  const readLoad = vi.fn(() => load);
  const recorder = new Recorder(0, readLoad);
  const worker = recorder.worker('1');
  for (const times of [worker.response, worker.service]) times.record(0.001);
  recorder.sent(worker, 0.001);
  const closed = recorder.close(3);
  expect([closed.encodeOne(), closed.encodeOne(), closed.encodeOne()]).toEqual(Array(3).fill(undefined));
  expect(readLoad).not.toHaveBeenCalled();
  const window = closed.encodeOne();
  expect(window).toMatchObject({ second: 3, load, lateness: expect.any(String) });
  expect(window?.workers[0]).toMatchObject({ response: expect.any(String), service: expect.any(String) });
});

test('ClosedWindow.encodeOne() tells a window without histograms at once', () => {
  const closed = new Recorder(0, () => load).close(4);
  expect(closed.encodeOne()).toMatchObject({ second: 4, load });
});

test('ClosedWindow holds what was recorded until it was closed, and nothing of what came while it is encoded', () => {
  const recorder = new Recorder(0, () => load);
  const worker = recorder.worker('1');
  const record = (times: number): void => {
    for (let n = 0; n < times; n += 1) {
      recorder.sent(worker, 0.001);
      worker.response.record(0.002);
      recorder.spread({ first: 0.001, median: 0.002, last: 0.003 });
    }
  };
  const counts = [4, 0, 7, 2];
  const found = counts.map((count, second) => {
    record(count);
    const closed = recorder.close(second);
    record(1); // Belongs to the next.
    closed.encodeOne();
    record(1);
    const { workers, lateness, fanout } = closed.encodeAll();
    const texts = [lateness, workers[0]?.response, fanout?.first, fanout?.median, fanout?.last];
    expect(workers[0]?.sent).toBe(count + (second === 0 ? 0 : 2));
    return texts.map((text) => decodeHistogram(text ?? expect.fail()).count);
  });
  expect(found).toEqual([4, 2, 9, 4].map((count) => Array.from({ length: 5 }, () => count)));
});
