import { expect, test } from 'vitest';
import { Attempt, type AttemptOptions } from './attempt.ts';
import { FakeChild, FakeClock, settle } from './testing.ts';

function begin(changes: Partial<AttemptOptions> = {}) {
  const child = new FakeChild(7);
  const clock = new FakeClock();
  const attempt = new Attempt({
    name: 'worker 2',
    start: () => child,
    startMessage: () => ({ type: 'start', options: { port: 1 } }),
    readyWithinMs: 1_000,
    clock,
    ...changes,
  });
  return { attempt, child, clock };
}

test('Attempt sends the start message and is ready with the details of the answer', async () => {
  const { attempt, child, clock } = begin();
  await settle();
  expect(child.received).toEqual([{ type: 'start', options: { port: 1 } }]);
  child.say({ type: 'ready', details: { port: 8000 } });
  expect(await attempt.ready).toEqual({ port: 8000 });
  expect(clock.pending).toEqual([]);
});

test('Attempt rejects with the code and the message that the child gave', async () => {
  const { attempt, child } = begin();
  await settle();
  child.say({ type: 'failed', message: 'Cannot listen on port 1', code: 'PORT_IN_USE', stack: 'at …' });
  child.exit({ code: 1 });
  await expect(attempt.ready).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: 'Cannot start "worker 2": Cannot listen on port 1',
  });
  expect(await attempt.exited).toMatchObject({ code: 1, expected: false, failure: { code: 'PORT_IN_USE' } });
});

test('Attempt does not take a code that is not in the catalogue, whatever its name', async () => {
  const { attempt, child } = begin();
  await settle();
  child.say({ type: 'failed', message: 'no', code: 'toString' });
  child.exit({ code: 1 });
  await expect(attempt.ready).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
});

test('Attempt repeats the last words of a child that died without a report', async () => {
  const { attempt, child } = begin();
  await settle();
  child.exit({ signal: 'SIGKILL', lastWords: 'out of memory\n' });
  await expect(attempt.ready).rejects.toThrow(
    'Cannot start "worker 2": it ended with SIGKILL before it was ready; its last words: out of memory',
  );
});

test('Attempt kills a child that is not ready in time', async () => {
  const { attempt, child, clock } = begin();
  await settle();
  clock.pass(1_000);
  expect(child.killed).toEqual(['SIGKILL']);
  await expect(attempt.ready).rejects.toThrow('it was not ready within 1000 ms');
});

test('Attempt.stop() sends stop once and kills at the deadline', async () => {
  const { attempt, child, clock } = begin();
  await settle();
  child.say({ type: 'ready' });
  attempt.stop(500);
  attempt.stop(9_000);
  expect(child.received.slice(1)).toEqual([{ type: 'stop', withinMs: 500 }]);
  clock.pass(499);
  expect(child.killed).toEqual([]);
  clock.pass(1);
  expect(child.killed).toEqual(['SIGKILL']);
  expect(await attempt.exited).toMatchObject({ expected: true });
});

test('Attempt.stop() kills a child that arrives after it', async () => {
  const child = new FakeChild(7);
  let arrive: ((child: FakeChild) => void) | undefined;
  const { attempt } = begin({ start: () => new Promise<FakeChild>((resolve) => (arrive = resolve)) });
  attempt.stop(500);
  arrive?.(child);
  expect(await attempt.exited).toMatchObject({ pid: 7, signal: 'SIGKILL', expected: true });
  expect(child.received).toEqual([]);
});

test('Attempt ends like any other when the system refuses to start a child', async () => {
  const { attempt } = begin({ start: () => Promise.reject(new Error('EAGAIN')) });
  expect(await attempt.exited).toMatchObject({ pid: 0, code: null, signal: null, lastWords: 'EAGAIN' });
  await expect(attempt.ready).rejects.toThrow('EAGAIN');
});
