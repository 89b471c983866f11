import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../scenarios.ts';
import { prepareRun } from './prepare.ts';

const request = { scenario: 'ping-pong', overrides: { users: 50 } };

test('prepareRun() knows plan, folder and fit of a run before anything is started', async () => {
  const { resolved, folder, foreign, fit } = await prepareRun(request);
  expect(resolved.plan.users).toBe(50);
  expect(basename(folder)).toBe('scenarios');
  expect(foreign).toBeUndefined();
  expect(fit).toMatchObject({ processes: 1, usersPerProcess: 50, problems: [] });
});

test('prepareRun() finds a target that runs already without asking it anything', async () => {
  const { foreign } = await prepareRun({ ...request, target: 'ws://127.0.0.1:1/x' });
  expect(foreign).toMatchObject({ address: '127.0.0.1', port: 1, path: '/x' });
});

test('prepareRun() looks at admin endpoints of a target that runs already, and of no other', async () => {
  await expect(prepareRun({ ...request, admin: ['http://127.0.0.1:1'] })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('wanted is --target beside --admin'),
  });
});

test('prepareRun() traces only users that there are', async () => {
  await expect(prepareRun({ ...request, traceUser: 50 })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot trace user 50: wanted is 0 to 49',
  });
  expect((await prepareRun({ ...request, traceUser: 49 })).resolved.plan.users).toBe(50);
});

test.each([
  ['not-there.mjs', undefined, 'there is no such file'],
  ['other.mjs', 'export const other = 1', 'it exports "other"'],
])(
  'prepareRun() refuses a scenario whose behaviour is %s before anything is started',
  async (name, text, why) => {
    const folder = mkdtempSync(join(tmpdir(), 'prepare-'));
    if (text !== undefined) writeFileSync(join(folder, name), text);
    const { scenario } = await loadScenario('ping-pong');
    const own = { ...scenario, behaviour: { kind: 'custom', file: `./${name}` } as const };
    await expect(prepareRun({ ...request, scenario: { scenario: own, folder } })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: `Cannot load behaviour file "${join(folder, name)}": ${why}, wanted is a module that exports a function named "behaviour"`,
    });
    rmSync(folder, { recursive: true });
  },
);

test.each([
  [{ controller: './not-there.js' }, 'CONTROLLER_INVALID', 'there is no such file'],
  [{ options: { pingIntervall: 1 } }, 'OPTION_INVALID', 'Cannot use option "pingIntervall"'],
])('prepareRun() refuses a server with %j before anything is started', async (changes, code, why) => {
  const { scenario, folder } = await loadScenario('ping-pong');
  const own = { ...scenario, target: { ...scenario.target, ...changes } };
  const asked = { ...request, scenario: { scenario: own, folder } };
  await expect(prepareRun(asked)).rejects.toMatchObject({ code, message: expect.stringContaining(why) });
  const elsewhere = await prepareRun({ ...asked, target: 'ws://127.0.0.1:1/' });
  expect(elsewhere.foreign).toBeDefined();
});

test.each([
  [{ role: 'worker', id: 9 }, {}, 'Cannot profile worker 9 of the target: wanted is 0 to 1'],
  [
    { role: 'balancer', id: 0 },
    {},
    'Cannot profile balancer 0 of the target: it has none, "--balancers 1" adds one',
  ],
  [{ role: 'master', id: 1 }, {}, 'Cannot profile master 1 of the target: wanted is 0'],
  [
    { role: 'worker', id: 0 },
    { target: 'ws://127.0.0.1:1/x' },
    'Cannot profile worker 0 of "ws://127.0.0.1:1/x": wanted is a target of the run\'s own',
  ],
] as const)(
  'prepareRun() profiles only what it starts itself: not %j of %j',
  async (which, target, message) => {
    const profile = { tool: 'cpu', ...which, nodeOptions: [], environment: {} } as const;
    await expect(prepareRun({ ...request, ...target, profile })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message,
    });
  },
);
