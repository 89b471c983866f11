import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FACT } from '../../drivers/testing.ts';
import { end } from '../child.ts';
import { startBroker } from './broker.ts';
import { startEnd } from './end.ts';

test('startEnd() gives ends of links: what one publishes, another one takes once it listens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peers-end-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'broker');
  const broker = await startBroker(path, 's');
  const [sender, receiver] = await Promise.all([
    startEnd({ path, secret: 's', workerId: 0 }),
    startEnd({ path, secret: 's', workerId: 1 }),
  ]);
  const received = async (): Promise<number> => (await receiver.ask({ type: 'tell' })).received;

  const before = await sender.ask({ type: 'publish', perTurn: 3, turns: 4 });
  expect(before.cpuMicros).toBeGreaterThan(0);
  await receiver.ask({ type: 'listen', isListening: true });
  await sender.ask({ type: 'publish', perTurn: 3, turns: 4 });
  await vi.waitFor(async () => expect(await received()).toBe(12), FACT);
  await receiver.ask({ type: 'listen', isListening: false });
  await sender.ask({ type: 'publish', perTurn: 3, turns: 4 });
  expect(await received()).toBe(0);
  await Promise.all([sender.stop(), receiver.stop()]);
  await end(broker);
});
