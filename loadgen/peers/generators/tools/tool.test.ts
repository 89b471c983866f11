import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { FACT } from '../../../drivers/testing.ts';
import { createGenerator, type Task, type Tool } from './tool.ts';

/** A program that runs a line of shell in its folder, and reports the times that stand in a file. */
function scene(line: string) {
  const told: { task: Task; folder: string }[] = [];
  const tool: Tool = {
    name: 'stand-in',
    setup: 'a line of shell',
    prepare: () => Promise.resolve(),
    order(task, folder) {
      told.push({ task, folder });
      return { files: { order: 'p50 and p99' }, words: ['sh', '-c', line], environment: { FOLDER: folder } };
    },
    async read(folder) {
      const [p50 = '', , p99 = ''] = (await readFile(join(folder, 'times'), 'utf8')).split(' ');
      return { p50: p50.length, p99: p99.trim().length };
    },
  };
  return { generator: createGenerator(tool), told };
}

const interview = { port: 7, users: 12, every: 0.3, seconds: 10 };

test('createGenerator() holds an interview that ends by itself, reads it, and leaves nothing behind', async () => {
  const { generator, told } = scene('cp "$FOLDER/order" "$FOLDER/times"');
  expect(await generator.report?.(interview)).toEqual({ p50: 3, p99: 3 });
  const steps = [{ users: 12, hold: 0 }];
  expect(told[0]?.task).toEqual({ port: 7, steps, perSecond: 12, every: 0.3, questions: 34, isTimed: true });
  expect(existsSync(told[0]?.folder ?? '')).toBe(false);
});

test('createGenerator() leaves nothing behind of an interview that fails', async () => {
  const { generator, told } = scene('echo "not today" >&2; exit 1');
  await expect(generator.report?.(interview)).rejects.toThrow('not today');
  expect(existsSync(told[0]?.folder ?? '')).toBe(false);
});

test('createGenerator() has users stay for long, times nothing, and ends when it is told to', async () => {
  const { generator, told } = scene('sleep 1000');
  const load = { port: 7, steps: [{ users: 3, hold: 1 }], perSecond: 1 };
  const working = await generator.start({ ...load, every: 0.5 }, undefined);
  await vi.waitFor(() => expect(working.pids().length).toBeGreaterThan(0), FACT);
  expect(told[0]?.task).toEqual({ ...load, every: 0.5, questions: 1_800, isTimed: false });
  await working.stop();
  expect(working.pids()).toEqual([]);
  expect(existsSync(told[0]?.folder ?? '')).toBe(false);
});
