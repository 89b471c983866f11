import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { classControllers } from './class-controller.ts';
import { loadController, runController } from './load-controller.ts';

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

test('runController() runs what a controller exports, or what its class is', async () => {
  const subject = { ran: [] as string[] };
  await runController(
    'worker',
    await fileOf('a.mjs', 'export const run = (it) => it.ran.push("a");'),
    subject,
  );
  (globalThis as Record<string, unknown>)['Base'] = classControllers.worker.base;
  const classFile = 'class Mine extends Base { run() { this.ran.push("class"); } } new Mine();';
  await runController('worker', await fileOf('b.cjs', classFile), subject);
  delete (globalThis as Record<string, unknown>)['Base'];
  expect(subject.ran).toEqual(['a', 'class']);
});

test('runController() says what is wrong with a controller that gives it nothing to run', async () => {
  await expect(runController('broker', await fileOf('a.mjs', ''), {})).rejects.toMatchObject({
    code: 'CONTROLLER_INVALID',
    message: expect.stringContaining('no function named run, and there is no "new" of a class of its own'),
  });
  const made = await fileOf('b.mjs', 'throw new Error("planted");');
  await expect(runController('broker', made, {})).rejects.toThrow('planted');
});

test('runController() says where the text of a controller breaks off', async () => {
  const error = Object.assign(new SyntaxError('Unexpected token'), { stack: '/app/a.cjs:3\nconst = 1;\n' });
  (globalThis as Record<string, unknown>)['planted'] = error;
  const broken = await fileOf('a.mjs', 'throw planted;');
  await expect(runController('worker', broken, {})).rejects.toThrow(
    /: Unexpected token, at \/app\/a\.cjs:3$/,
  );
  delete (globalThis as Record<string, unknown>)['planted'];
});

test('runController() prepares between the loading and the running', async () => {
  const subject = { order: [] as string[] };
  const file = await fileOf('a.mjs', 'export const run = (it) => it.order.push("run");');
  await runController('worker', file, subject, () => subject.order.push('prepared'));
  expect(subject.order).toEqual(['prepared', 'run']);
});
