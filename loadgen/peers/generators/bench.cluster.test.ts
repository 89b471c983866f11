import { expect, onTestFinished, test } from 'vitest';
import { type Look, subjectOf } from './bench.ts';
import { createGenerator, loadProcess, plainLoop } from './tools/index.ts';

const idle = { steps: [{ users: 20, hold: 0 }], perSecond: 100, every: undefined };

async function benchOf(generator: Parameters<typeof subjectOf>[0]) {
  const bench = await subjectOf(generator).start('');
  onTestFinished(() => bench.stop());
  return bench;
}

test.each([loadProcess, plainLoop])(
  'subjectOf() lets $name come and ask, sees both, and sees it gone',
  async (generator) => {
    const bench = await benchOf(generator);
    const found = await bench.run({ ...idle, every: 0.25 }, async (scene) => {
      let first: Look | undefined;
      for await (const look of scene.looks()) {
        if (look.open < 20) continue;
        first ??= look;
        const answered = look.answered - first.answered;
        if (answered > 100) return { first, look, answered, rssBytes: scene.rssBytes() };
      }
      throw new Error('nobody came');
    });
    const seconds = (found.look.atMs - found.first.atMs) / 1_000;
    expect(found.answered / seconds).toBeGreaterThan(20);
    // No more than is due, and what was due before somebody looked.
    expect(found.answered).toBeLessThan(80 * (seconds + 2));
    expect(found.look.cpuMicros).toBeGreaterThanOrEqual(found.first.cpuMicros);
    expect(found.rssBytes).toBeGreaterThan(10e6);
    const quiet = await bench.run(idle, async (scene) => {
      for await (const look of scene.looks()) if (look.open === 20) return look.answered;
      throw new Error('nobody came');
    });
    const later = await bench.run(idle, async (scene) => {
      for await (const { open, answered } of scene.looks()) if (open === 20) return answered;
      throw new Error('nobody came');
    });
    expect(later).toBe(quiet);
  },
);

test('subjectOf() tells the last words of a generator that ends', async () => {
  const failing = createGenerator({
    name: 'failing',
    setup: '',
    prepare: () => Promise.resolve(),
    order: () => ({ files: {}, words: ['sh', '-c', 'echo no such target; exit 3'], environment: {} }),
    read: () => Promise.reject(new Error('nothing to read')),
  });
  const bench = await benchOf(failing);
  const run = bench.run(idle, async (scene) => {
    for await (const _look of scene.looks());
  });
  await expect(run).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    message: 'Cannot measure "failing": it ended with the words "no such target"',
  });
});
