import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { entry } from '../../server/process/index.ts';
import { startTarget } from './target.ts';

const folder = mkdtempSync(join(tmpdir(), 'target-test-'));
const workerController = entry('scenarios/controllers/ping-pong.js');

// A master that is killed cannot remove the folder of its sockets: here it goes with ours.
beforeAll(() => {
  vi.stubEnv('TMPDIR', folder);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

interface State {
  phase: string;
  processes: { role: string; pid: number }[];
}

async function stateOf(url: string | undefined): Promise<State> {
  const response = await fetch(url ?? expect.fail('an own target tells its state'));
  return (await response.json()) as State;
}

test('startTarget() starts a cluster that tells its state, and stop() ends all of it', async () => {
  const target = await startTarget({ workerController, workers: 2, port: 0, logLevel: 0, path: '/other/' });
  expect(target.url).toBe(`ws://127.0.0.1:${target.port}/other/`);
  expect(target.path).toBe('/other/');
  await vi.waitFor(async () => expect((await stateOf(target.stateUrl)).processes).toHaveLength(4), {
    timeout: 10_000,
  });
  await target.stop();
  expect(await target.ended).toMatchObject({ code: 0, signal: null });
  await expect(fetch(target.stateUrl ?? '')).rejects.toThrow();
});

test('startTarget() tells when the cluster ends though nobody asked', async () => {
  const target = await startTarget({ workerController, port: 0, logLevel: 0 });
  await vi.waitFor(
    async () => {
      const { processes } = await stateOf(target.stateUrl);
      process.kill(processes.find(({ role }) => role === 'master')?.pid ?? expect.fail(), 'SIGKILL');
    },
    { timeout: 10_000 },
  );
  expect(await target.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  await target.stop();
});

test.each<[string, string, object]>([
  ['CONTROLLER_INVALID', 'nowhere.js', {}],
  ['OPTION_INVALID', 'worker.cjs', { pingIntervall: 1 }],
])(
  'startTarget() fails with the code of the cluster, %s, and leaves nothing running',
  async (code, file, wrong) => {
    await writeFile(join(folder, 'worker.cjs'), 'module.exports.run = () => {};');
    const options = { workerController: join(folder, file), port: 0, logLevel: 0, ...wrong };
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(startTarget(options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^Cannot /),
    });
    write.mockRestore();
  },
);
