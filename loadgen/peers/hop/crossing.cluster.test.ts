import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { crossingFigures, startCrossing } from './crossing.ts';

test('startCrossing() gives every figure of a round, which ends when all publications have arrived', async () => {
  const bench = await startCrossing();
  try {
    const round = await bench.round(100);
    expect(Object.keys(round)).toEqual(crossingFigures.map(({ key }) => key));
    // The kernel's ticks hide much of what so small a round costs.
    for (const figure of Object.values(round)) expect(Math.abs(figure)).toBeLessThan(10_000);
    expect(round.farBatched).not.toBe(0);
  } finally {
    await bench.stop();
  }
});

/** The NATS server that this process has started, if there is one. */
function natsPid(): number | undefined {
  const ownChildren = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  const pid = ownChildren.split(' ').find((child) => child !== '' && nameOf(child) === 'nats-server');
  return pid === undefined ? undefined : Number(pid);
}

function nameOf(pid: string): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}

test('startCrossing() ends a round in a sentence when publications do not arrive', async () => {
  const bench = await startCrossing();
  const nats = natsPid() ?? expect.fail('there is none');
  try {
    process.kill(nats, 'SIGSTOP');
    await expect(bench.round(10)).rejects.toMatchObject({
      code: 'MEASUREMENT_FAILED',
      message: expect.stringMatching(/: 0 of 10 arrived and no more for 5 s, wanted are all$/),
    });
  } finally {
    process.kill(nats, 'SIGCONT');
    await bench.stop();
  }
});

test('startCrossing() leaves neither files nor NATS behind when it cannot be started', async () => {
  const root = mkdtempSync(join(tmpdir(), 'peers-crossing-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });
  // No broker can listen in it: the address of a socket is shorter.
  const folder = join(root, 'long'.repeat(30));
  mkdirSync(folder);
  vi.stubEnv('TMPDIR', folder);
  await expect(startCrossing()).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  expect(readdirSync(folder)).toEqual([]);
  expect(natsPid()).toBeUndefined();
});
