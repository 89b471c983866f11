import { expect, onTestFinished, test, vi } from 'vitest';
import { testOptions } from '../../testing.ts';
import { forkBalancer, forkBroker, forkWorker } from '../fork.ts';
import { planCluster } from '../plan.ts';
import { Relay } from './relay.ts';
import { howToRunBalancer, howToRunBroker, howToRunWorker, type Setting } from './roles.ts';

vi.mock('../fork.ts', { spy: true });

function makeSetting(input: Parameters<typeof testOptions>[0] = {}): Setting {
  const options = testOptions({ workers: 2, brokers: 2, ...input });
  return { options, port: 4_321, secret: 'secret', plan: planCluster(options, '/run/sc', 20_256) };
}

function makeRelay(): Relay {
  const relay = new Relay(() => undefined);
  onTestFinished(() => relay.stop());
  return relay;
}

const optionsOf = ({ startMessage }: ReturnType<typeof howToRunBroker>): unknown => startMessage()['options'];

test('howToRunBroker() gives each broker its own socket', () => {
  expect(optionsOf(howToRunBroker(makeSetting(), 1))).toMatchObject({
    id: 1,
    path: '/run/sc/b1',
    secret: 'secret',
  });
});

test('howToRunBroker() tells a broker of its controller when there is one', () => {
  const setting = makeSetting({ brokerController: '/app/broker.js' });
  expect(optionsOf(howToRunBroker(setting, 0))).toMatchObject({ controller: '/app/broker.js' });
  expect(optionsOf(howToRunBroker(makeSetting(), 0))).not.toHaveProperty('controller');
});

test('howToRunWorker() puts workers on the public port, or on a socket of their own behind balancers', () => {
  const alone = optionsOf(howToRunWorker(makeSetting(), 1, makeRelay()));
  expect(alone).toMatchObject({ id: 1, options: { port: 4_321 }, maxConnections: 20_000 });
  expect(alone).not.toHaveProperty('socketPath');
  const behind = optionsOf(howToRunWorker(makeSetting({ balancers: 1 }), 1, makeRelay()));
  expect(behind).toMatchObject({ socketPath: '/run/sc/w1' });
  expect(howToRunWorker(makeSetting({ rebootWorkerOnCrash: false }), 0, makeRelay()).restart).toBe(false);
});

test('howToRunBalancer() tells a balancer of the workers that run, each time one starts', () => {
  const relay = makeRelay();
  const how = howToRunBalancer(makeSetting({ balancers: 2 }), 1, relay);
  expect(optionsOf(how)).toMatchObject({ id: 1, running: [], workerPaths: ['/run/sc/w0', '/run/sc/w1'] });
  relay.add({ pid: 100, sendHandle: () => undefined });
  relay.open(0, 100);
  expect(optionsOf(how)).toMatchObject({ running: [{ id: 0 }] });
});

test('howToRunBalancer() lets a balancer under TLS hold half, as each client takes two descriptors', () => {
  const plain = howToRunBalancer(makeSetting({ balancers: 1 }), 0, makeRelay());
  expect(optionsOf(plain)).toMatchObject({ maxConnections: 20_000 });
  const setting = makeSetting({ balancers: 1 });
  const secure = { ...setting, options: { ...setting.options, protocol: 'https' as const } };
  expect(optionsOf(howToRunBalancer(secure, 0, makeRelay()))).toMatchObject({ maxConnections: 10_000 });
});

test('howToRunWorker() and its like start the one process that is looked into with flags of its own', () => {
  const started: string[] = [];
  for (const fork of [forkWorker, forkBroker, forkBalancer]) {
    vi.mocked(fork).mockImplementation((...parameters: unknown[]) => {
      const { extra } = parameters.at(-1) as { extra?: { nodeOptions: string[] } };
      started.push(extra?.nodeOptions.join() ?? '-');
      throw new Error('enough');
    });
  }
  const relay = makeRelay();
  for (const role of ['worker', 'broker', 'balancer'] as const) {
    const instrumented = { role, id: 1, nodeOptions: [`--for-${role}`], environment: {} };
    const setting = { ...makeSetting({ balancers: 2 }), instrumented };
    for (const id of [0, 1]) {
      expect(howToRunWorker(setting, id, relay).start).toThrow('enough');
      expect(howToRunBroker(setting, id).start).toThrow('enough');
      expect(howToRunBalancer(setting, id, relay).start).toThrow('enough');
    }
  }
  const none = ['-', '-', '-'];
  expect(started).toEqual([
    ...[...none, '--for-worker', '-', '-'],
    ...[...none, '-', '--for-broker', '-'],
    ...[...none, '-', '-', '--for-balancer'],
  ]);
});
