import { basename } from 'node:path';
import { expect, test } from 'vitest';
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

test('prepareRun() traces only users that there are', async () => {
  await expect(prepareRun({ ...request, traceUser: 50 })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot trace user 50: wanted is 0 to 49',
  });
  expect((await prepareRun({ ...request, traceUser: 49 })).resolved.plan.users).toBe(50);
});
