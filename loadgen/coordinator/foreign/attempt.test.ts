import { expect, test } from 'vitest';
import { startTarget, type TargetOptions } from '../../drivers/testing.ts';
import type { PlannedBehaviour } from '../../plan/index.ts';
import { gapOf } from '../../plan/testing.ts';
import { attempt } from './attempt.ts';
import { findTarget } from './find.ts';

const messages: PlannedBehaviour = {
  kind: 'messages',
  message: 'x',
  correlate: '',
  every: gapOf(),
  model: 'open',
};

async function tried(options: TargetOptions, changes: object = {}): Promise<string> {
  const server = await startTarget(options);
  const target = await findTarget(`ws://127.0.0.1:${server.port}/`, 'socketcluster');
  const usual = {
    target,
    driver: 'socketcluster',
    connect: {},
    insecure: false,
    behaviour: { kind: 'idle' },
  } as const;
  const attempted = await attempt({ ...usual, withinMs: 5_000, ...changes });
  await server.close();
  return attempted;
}

test('attempt() tells how the connection opened or failed, and in what time it did not', async () => {
  expect(await tried({})).toBe('open');
  expect(await tried({ status: 404 })).toBe('http-404');
  expect(await tried({ status: 0 }, { withinMs: 20 })).toBe('timeout');
});

test('attempt() tells whether a message was answered', async () => {
  const says = { driver: 'websocket', behaviour: messages, sends: true };
  expect(await tried({}, { ...says, withinMs: 50 })).toBe('silent');
  const behaviour = { ...messages, message: '{"event":"ping"}' };
  expect(await tried({}, { ...says, behaviour })).toBe('open');
});
