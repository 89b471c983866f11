import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { aFolder } from './testing.ts';
import { runTool } from './tool.ts';

test('runTool() gives what was printed, and keeps from the program what was meant for another folder', async () => {
  vi.stubEnv('GIT_DIR', '/nowhere');
  vi.stubEnv('NODE_ENV', 'production');
  const line = 'echo "in $(pwd), git $GIT_DIR, for $NODE_ENV"';
  const cwd = aFolder();
  expect(await runTool('sh', ['-c', line], { cwd })).toBe(`in ${cwd}, git , for \n`);
  vi.unstubAllEnvs();
});

test('runTool() fails with the last words of the program, or of the system that finds none', async () => {
  const cwd = aFolder();
  await expect(runTool('sh', ['-c', 'echo why >&2; exit 3'], { cwd })).rejects.toThrow(
    'sh ended with 3: why',
  );
  await expect(runTool('sh', ['-c', 'kill -9 $$'], { cwd })).rejects.toThrow('sh was ended by SIGKILL');
  await expect(runTool(join(cwd, 'nosuch'), [], { cwd })).rejects.toThrow('ENOENT');
});

test('runTool() ends the program and all it started when the signal says so', async () => {
  const cwd = aFolder();
  const interrupt = new AbortController();
  // The inner shell goes on by itself unless the whole group is ended; the outer one does not wait for it.
  const line = "sh -c 'touch started; while [ -d . ]; do :; done' & wait";
  const ran = runTool('sh', ['-c', line], { cwd, signal: interrupt.signal });
  const refused = expect(ran).rejects.toMatchObject({ code: 'RUN_INTERRUPTED', exitCode: 105 });
  await vi.waitFor(() => expect(existsSync(join(cwd, 'started'))).toBe(true), { timeout: 10_000 });
  interrupt.abort();
  // The inner shell holds the pipes: they are closed when it is gone, and only then is this settled.
  await refused;
  await expect(runTool('touch', ['later'], { cwd, signal: interrupt.signal })).rejects.toThrow('interrupted');
  expect(existsSync(join(cwd, 'later'))).toBe(false);
});
