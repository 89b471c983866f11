import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadController } from './load-controller.ts';

async function fileOf(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'controller-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('loadController() gives run of an ES module and of a CommonJS one', async () => {
  for (const [name, text] of [
    ['a.mjs', 'export const run = (subject) => subject * 2;'],
    ['b.cjs', 'module.exports.run = (subject) => subject * 2;'],
    ['c.mjs', 'export default { run: (subject) => subject * 2 };'],
  ] as const) {
    const run = await loadController<number>('balancer', await fileOf(name, text));
    expect(run(21)).toBe(42);
  }
});

test('loadController() says whose controller is wrong, and how', async () => {
  const empty = await fileOf('empty.cjs', '');
  await expect(loadController('balancer', empty)).rejects.toMatchObject({
    code: 'CONTROLLER_INVALID',
    message: `Cannot use balancer controller "${empty}": it exports no function named run`,
  });
  await expect(loadController('worker', '/nowhere.js')).rejects.toMatchObject({
    code: 'CONTROLLER_INVALID',
    message: expect.stringContaining('Cannot load worker controller "/nowhere.js": '),
  });
});
