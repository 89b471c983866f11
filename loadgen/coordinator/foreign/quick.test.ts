import { expect, test } from 'vitest';
import { startTarget } from '../../drivers/testing.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { quickScenario } from './quick.ts';

test('quickScenario() publishes where SocketCluster is spoken', async () => {
  const target = await startTarget();
  const scenario = await quickScenario(`ws://127.0.0.1:${target.port}/`, { users: 4 });
  await target.close();
  expect(scenario).toMatchObject({
    users: 4,
    driver: 'socketcluster',
    behaviour: { kind: 'channels', every: 1 },
  });
  expect(resolvePlan(scenario).plan.groups[0]?.behaviour.kind).toBe('channels');
});

test('quickScenario() sends messages everywhere else, and to whoever has one to send', async () => {
  const scenario = await quickScenario('ws://127.0.0.1:1/', { message: 'x {{id}}', headers: { a: 'b' } });
  expect(scenario).toMatchObject({ users: 10, driver: 'websocket', behaviour: { message: 'x {{id}}' } });
  expect(scenario.connect).toEqual({ headers: { a: 'b' } });
  expect(scenario.rules).toEqual(expect.arrayContaining(['users.dropped == 0', 'messages.timedOut == 0']));
  expect(await quickScenario('ws://127.0.0.1:1/', {})).toMatchObject({ driver: 'websocket' });
  expect(resolvePlan(scenario)).toMatchObject({
    driver: 'websocket',
    rules: scenario.rules.map((rule) => ({ rule })),
  });
});
