import { existsSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { FACT } from '../../../drivers/testing.ts';
import { startProgram } from './program.ts';

function areThere(pids: readonly number[]): boolean[] {
  return pids.map((pid) => existsSync(`/proc/${pid}`));
}

test('startProgram() ends all that a program has started, also what has left its group', async () => {
  const program = startProgram(['sh', '-c', 'setsid sleep 1000 & sleep 1000 & wait']);
  await vi.waitFor(() => expect(program.pids()).toHaveLength(3), FACT);
  const pids = program.pids();
  await program.stop();
  await vi.waitFor(() => expect(areThere(pids)).toEqual([false, false, false]), FACT);
  await expect(program.ended).resolves.toBe('');
});

test('startProgram() tells apart what is started alike', async () => {
  const one = startProgram(['sleep', '1000']);
  const other = startProgram(['sleep', '1000']);
  await one.stop();
  expect(other.pids()).toHaveLength(1);
  await other.stop();
});

test('startProgram() hands on an environment and waits for a good end', async () => {
  const program = startProgram(['sh', '-c', 'echo $WORD'], { environment: { WORD: 'hello' } });
  await program.finish(20);
  await expect(program.ended).resolves.toBe('hello\n');
});

test('startProgram() rejects what fails, takes too long or is not there', async () => {
  const failing = startProgram(['sh', '-c', 'echo no config >&2; exit 1']);
  await expect(failing.finish(20)).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    message: expect.stringContaining('it ended with the words "no config"'),
  });
  await expect(startProgram(['sleep', '1000']).finish(0.05)).rejects.toThrow('Cannot run "sleep 1000"');
  await expect(startProgram(['/nowhere/tool']).finish(20)).rejects.toThrow('ENOENT');
});
