import { hostname } from 'node:os';
import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { testOptions } from '../../testing.ts';
import { completeOptions, findControllers } from './complete-options.ts';

test('completeOptions() makes one key for tokens and one for tickets, unless they are given', () => {
  const { authKey: _given, ...keyless } = testOptions();
  const [first, second] = [completeOptions(keyless), completeOptions(keyless)];
  expect(first.authKey).toMatch(/^[0-9a-f]{64}$/);
  expect(first.authKey).not.toBe(second.authKey);
  expect(first.protocolOptions['ticketKeys']).toHaveLength(48);
  const given = testOptions({ authKey: 'mine', protocolOptions: { ticketKeys: 'mine' } });
  expect(completeOptions(given)).toMatchObject({ authKey: 'mine', protocolOptions: { ticketKeys: 'mine' } });
});

test('completeOptions() finds controllers from wherever the processes run', () => {
  const others = { balancers: 1, balancerController: 'b.js', brokerController: 'c.js' };
  const options = completeOptions(testOptions({ workerController: 'a.js', ...others }));
  const { workerController, balancerController, brokerController } = options;
  expect([workerController, balancerController ?? '', brokerController ?? ''].every(isAbsolute)).toBe(true);
  expect(completeOptions(testOptions())).not.toHaveProperty('balancerController');
  expect(completeOptions(testOptions())).not.toHaveProperty('brokerController');
});

test('completeOptions() names the cluster, and lets nobody drain for long while an application is written', () => {
  const { instanceId, processTermTimeout } = completeOptions(testOptions());
  expect(instanceId).toMatch(/^[0-9a-f-]{36}$/);
  expect(processTermTimeout).toBe(10_000);
  const dev = completeOptions(testOptions({ environment: 'dev', instanceId: 'mine' }));
  expect(dev).toMatchObject({ instanceId: 'mine', processTermTimeout: 1_000 });
  const short = testOptions({ environment: 'dev', processTermTimeout: 50 });
  expect(completeOptions(short).processTermTimeout).toBe(50);
  const peaceful = { drainWindow: 60_000 };
  expect(completeOptions(testOptions(peaceful)).drainWindow).toBe(60_000);
  expect(completeOptions(testOptions({ ...peaceful, environment: 'dev' })).drainWindow).toBeUndefined();
});

test('completeOptions() names the host when there may be others, after its machine if nobody says how', () => {
  const cluster = { engine: 'nats', servers: 'nats-1' } as const;
  expect(completeOptions(testOptions()).hostName).toBeUndefined();
  expect(completeOptions(testOptions({ hostName: 'left' })).hostName).toBe('left');
  expect(completeOptions(testOptions({ hostName: 'left', cluster })).hostName).toBe('left');
  const { hostName } = completeOptions(testOptions({ cluster }));
  expect(hostName).toMatch(/^[\w.-]{1,64}$/);
  expect(hostname().startsWith(hostName ?? '-')).toBe(true);
});

test('findControllers() names a controller of any role that is not there', () => {
  const here = import.meta.filename;
  const options = testOptions({ workerController: here, brokerController: here, balancers: 1 });
  expect(() => findControllers(options)).not.toThrow();
  for (const role of ['worker', 'broker', 'balancer'] as const) {
    expect(() => findControllers({ ...options, [`${role}Controller`]: '/nowhere.js' })).toThrow(
      expect.objectContaining({
        code: 'CONTROLLER_INVALID',
        message: `Cannot load ${role} controller "/nowhere.js": there is no such file`,
      }),
    );
  }
});
