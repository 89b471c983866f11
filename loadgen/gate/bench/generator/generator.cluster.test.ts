import { expect, onTestFinished, test } from 'vitest';
import { startTarget } from '../../../drivers/testing.ts';
import { findScenario } from '../scenarios.ts';
import { Generator } from './generator.ts';

async function start(): Promise<{ generator: Generator; port: number; sockets: () => number }> {
  const target = await startTarget();
  const generator = await Generator.start(
    { scenario: findScenario('channels'), patienceSeconds: 5 },
    undefined,
  );
  onTestFinished(async () => {
    await generator.stop();
    await target.close();
  });
  return { generator, port: target.port, sockets: () => target.sockets.size };
}

test('Generator connects crowds, loads one of them and lets go of it', async () => {
  const { generator, port, sockets } = await start();
  const spec = { port, path: '/socketcluster/', users: 4, isIdle: false };
  await generator.connect({ ...spec, crowd: 'base' });
  await generator.connect({ ...spec, crowd: 'candidate' });
  expect(sockets()).toBe(8);
  const { messages } = await generator.load('base', { mode: 'fixed', messages: 20 });
  expect(messages).toMatchObject({ sent: 20, answered: 20 });
  await generator.leave('base');
  await expect(generator.load('base', { mode: 'fixed', messages: 1 })).rejects.toThrow(
    'Cannot load clients of the base',
  );
});

test('Generator says why it cannot connect', async () => {
  const { generator } = await start();
  const spec = { crowd: 'base', port: 1, path: '/socketcluster/', users: 4, isIdle: false };
  await expect(generator.connect(spec)).rejects.toThrow(
    'Cannot connect clients of the base: Cannot connect 4 clients to the server: refused',
  );
});

test('Generator refuses what it is asked after its end', async () => {
  const { generator } = await start();
  await generator.stop();
  await expect(generator.leave('base')).rejects.toThrow('Cannot leave clients of the base: it ended');
});
