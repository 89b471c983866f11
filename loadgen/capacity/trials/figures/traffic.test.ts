import { expect, test } from 'vitest';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import { messageBytes } from '../../wire/index.ts';
import { trafficOf } from './traffic.ts';

const generator = { processes: 1, sourceAddresses: 1, driver: 'socketcluster' };
const calls = { kind: 'calls', payload: 'x'.repeat(98), every: 1 } as const;
const channels = {
  kind: 'channels',
  channels: 4,
  subscriptions: 1,
  publishers: 0.5,
  payloadBytes: 300,
  every: 1,
} as const;

/** The plan as a header shows it. */
function planOf(groups: readonly object[], options: Record<string, unknown> = {}): Record<string, unknown> {
  const { plan, target } = resolvePlan({
    name: 'made',
    question: 'How large?',
    users: 30,
    ramp: 30,
    duration: 5,
    groups,
    target: { workers: 1, brokers: 1, controller: './none.js', options },
    rules: [],
  });
  return JSON.parse(JSON.stringify({ groups: plan.groups, target })) as Record<string, unknown>;
}

test('trafficOf() reads bytes on the wire and heartbeats out of a plan', () => {
  const plan = planOf(
    [
      { name: 'callers', weight: 1, behaviour: calls },
      { name: 'fast', weight: 1, behaviour: { ...calls, payload: 'x'.repeat(198), every: 0.5 } },
      { name: 'rooms', weight: 1, behaviour: channels },
    ],
    { pingInterval: 4_000 },
  );
  const { message, perConnect, publication, pingsPerUser } = trafficOf({ plan, generator });
  const [short, long] = [calls, { ...calls, payload: 'x'.repeat(198) }].map((each) => messageBytes(each));
  expect(message.inbound).toBeCloseTo((short!.inbound + 2 * long!.inbound) / 3, 6);
  expect(message.delivery).toBeCloseTo((short!.delivery + 2 * long!.delivery) / 3, 6);
  expect(publication).toEqual(messageBytes(channels));
  expect(pingsPerUser).toBe(0.25);
  expect(perConnect).toBeCloseTo(3 + 1 / 3, 6);
});

test('trafficOf() takes a target that does not say otherwise to ping as ours does', () => {
  const plan = planOf([{ name: 'callers', weight: 1, behaviour: calls }]);
  const { pingsPerUser } = trafficOf({ plan: { ...plan, target: 'ws://127.0.0.1/' }, generator });
  expect(pingsPerUser).toBe(trafficOf({ plan, generator }).pingsPerUser);
  expect(pingsPerUser).toBeGreaterThan(0);
});

test('trafficOf() takes what a function of its own says to be as long as that of other users nobody knows', () => {
  const own = { kind: 'custom', file: './own.js' } as const;
  const { message } = trafficOf({ plan: planOf([{ name: 'own', weight: 1, behaviour: own }]), generator });
  expect(message).toEqual(messageBytes(own));
});

test('trafficOf() knows no heartbeats of a plain WebSocket server, and nothing of a plan it cannot read', () => {
  const plain = { ...generator, driver: 'websocket' };
  expect(trafficOf({ plan: { groups: 'secret' }, generator: plain })).toEqual({
    message: { inbound: 0, delivery: 0 },
    publication: { inbound: 0, delivery: 0 },
    pingsPerUser: 0,
    perConnect: 3,
  });
});
