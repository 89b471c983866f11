/** How soon a run notices that an agent is gone: measured, so that nothing may run beside it. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checkConservation, readRun } from '../../results/index.ts';
import { Bench, FACT, linesOf, measuring, windowsOf } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

test('scbench run ends with 114 when an agent is killed, and keeps what the others measured', async (context) => {
  const bench = await Bench.open(context);
  const [first, second] = await bench.agents(2);
  const made = bench.run({ duration: 30 });
  await measuring(made);
  second?.kill('SIGKILL');
  const killedAt = performance.now();
  const lost = () => linesOf(made).find((line) => line.type === 'event' && line.kind === 'process-lost');
  await vi.waitFor(() => expect(lost()).toBeDefined(), FACT);
  expect(performance.now() - killedAt).toBeLessThan(3_000);
  expect(lost()).toMatchObject({
    text: expect.stringMatching(
      /^Load process 1 ended out of sight: its agent "a1" is gone: nothing was heard for \d\.\d s$/,
    ),
  });
  expect(await made.ended).toBe(114);
  const { final, summary } = await readRun(join(made.out, 'run.jsonl'));
  expect(summary.verdict.status).toBe('invalid');
  expect(final?.totals).toMatchObject([{ connected: expect.any(Number) }, null]);
  expect(checkConservation({ windows: windowsOf(made), totals: final?.totals ?? [] })).toEqual([]);
  await first?.says('Done for');
  await vi.waitFor(() => expect(bench.target.sockets.size).toBe(0), FACT);
});
