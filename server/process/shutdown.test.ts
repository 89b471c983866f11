import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createShutdown, onSignals, type SignalSource } from './shutdown.ts';

test('createShutdown() closes from the last to the first, one after the other', async () => {
  const closed: string[] = [];
  const shutdown = createShutdown({ deadlineMs: 10_000 });
  for (const name of ['brokers', 'workers', 'balancers']) {
    shutdown.add(name, async () => {
      closed.push(`${name} begin`);
      await Promise.resolve();
      closed.push(`${name} end`);
    });
  }
  expect(await shutdown.close()).toEqual([]);
  expect(closed).toEqual([
    'balancers begin',
    'balancers end',
    'workers begin',
    'workers end',
    'brokers begin',
    'brokers end',
  ]);
});

test('createShutdown() goes on after an error, thrown or rejected, and collects it', async () => {
  const shutdown = createShutdown({ deadlineMs: 10_000 });
  let closed = false;
  shutdown.add('first', () => {
    closed = true;
  });
  shutdown.add('thrown', () => {
    throw new Error('thrown');
  });
  shutdown.add('rejected', () => Promise.reject(new Error('rejected')));
  const problems = await shutdown.close();
  expect(problems.map(({ name, error }) => [name, (error as Error).message])).toEqual([
    ['rejected', 'rejected'],
    ['thrown', 'thrown'],
  ]);
  expect(closed).toBe(true);
});

test('createShutdown() names what hung at the deadline and what it never came to', async () => {
  const shutdown = createShutdown({ deadlineMs: 5 });
  let begun = false;
  shutdown.add('never begun', () => {
    begun = true;
  });
  shutdown.add('hung', () => new Promise(() => {}));
  const problems = await shutdown.close();
  expect(problems.map(({ name }) => name)).toEqual(['hung', 'never begun']);
  expect(begun).toBe(false);
});

test('createShutdown() takes the deadline of close() where one is given', async () => {
  const shutdown = createShutdown({ deadlineMs: 10_000 });
  shutdown.add('hung', () => new Promise(() => {}));
  const [problem] = await shutdown.close(5);
  expect(problem?.error).toMatchObject({ message: 'Cannot close "hung": not done within 5 ms' });
});

test('createShutdown() closes each thing once, however often it is asked', async () => {
  const shutdown = createShutdown({ deadlineMs: 10_000 });
  let closed = 0;
  shutdown.add('counted', () => {
    closed += 1;
  });
  await Promise.all([shutdown.close(), shutdown.close()]);
  expect(closed).toBe(1);
});

class FakeProcess extends EventEmitter {
  exitCode: number | undefined;

  exit(code: number): never {
    this.exitCode = code;
    throw new Error('exit');
  }
}

test('onSignals() hands over the first signal and ends the process at the second', () => {
  const source = new FakeProcess();
  const seen: string[] = [];
  onSignals((signal) => seen.push(signal), source as unknown as SignalSource);
  source.emit('SIGINT', 'SIGINT');
  expect([seen, source.exitCode]).toEqual([['SIGINT'], undefined]);
  expect(() => source.emit('SIGTERM', 'SIGTERM')).toThrow('exit');
  expect([seen, source.exitCode]).toEqual([['SIGINT'], 143]);
});

test('onSignals() takes its listeners away again', () => {
  const source = new FakeProcess();
  onSignals(() => {}, source as unknown as SignalSource)();
  expect(source.eventNames()).toEqual([]);
});
