import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startWhole } from './whole.ts';

test('startWhole() ends what was started, the last of it first, and takes the folder away', async () => {
  const ended: string[] = [];
  const { folder, stop } = await startWhole('whole-test', async (made, shutdown) => {
    for (const name of ['broker', 'end']) shutdown.add(name, () => void ended.push(name));
    return { folder: made };
  });
  expect(existsSync(folder)).toBe(true);
  await stop();
  expect(ended).toEqual(['end', 'broker']);
  expect(existsSync(folder)).toBe(false);
});

test('startWhole() ends what was started when the rest cannot be', async () => {
  const left: string[] = [];
  const failed = startWhole('whole-test', async (folder, shutdown) => {
    left.push('broker', folder);
    shutdown.add('broker', () => void left.shift());
    throw new Error('no end');
  });
  await expect(failed).rejects.toThrow('no end');
  const [folder = ''] = left;
  expect(left).toHaveLength(1);
  expect(existsSync(folder)).toBe(false);
});

test('startWhole() tells what could not be ended, once all else is', async () => {
  const { folder, stop } = await startWhole('whole-test', async (made, shutdown) => {
    shutdown.add('broker', () => Promise.reject(new Error('it hangs')));
    return { folder: made };
  });
  await expect(stop()).rejects.toThrow('it hangs');
  expect(existsSync(folder)).toBe(false);
});
