import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkServer, serverOptions } from './own-server.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = { workers: 2, brokers: 1, balancers: 0, controller: './own-server.ts', options: {} };

test('serverOptions() finds the controller from the folder of the scenario, and lets its options be', () => {
  const options = { logLevel: 3, path: '/own/' };
  expect(serverOptions({ target: { ...target, options } }, here)).toEqual({
    port: 0,
    logLevel: 3,
    path: '/own/',
    workers: 2,
    brokers: 1,
    balancers: 0,
    workerController: `${here}own-server.ts`,
  });
});

test('checkServer() takes what a server takes, and says in its words what it does not', () => {
  const check = (changes: Partial<typeof target>) => () =>
    checkServer(serverOptions({ target: { ...target, ...changes } }, here));
  expect(check({})).not.toThrow();
  expect(check({ options: { pingIntervall: 1 } })).toThrow('Cannot use option "pingIntervall"');
  expect(check({ controller: './nowhere.js' })).toThrow(
    `Cannot load worker controller "${here}nowhere.js": there is no such file`,
  );
});
