import { expect, test } from 'vitest';
import type { Plan } from '../../plan/index.ts';
import { clientMeasures } from './measures.ts';
import type { Taken } from './observe.ts';

/** Takes a measure of 1,000 users from a client that says of itself what it is told to. */
async function take(name: string, answer: (plan: Plan) => Partial<Taken>) {
  const plans: Plan[] = [];
  const client = {
    take: async (plan: Plan) => {
      plans.push(plan);
      return { connectMicros: 0, rssBytes: 0, steadyMicros: 0, came: 0, ...answer(plan) };
    },
    stop: () => Promise.resolve(),
  };
  const measure = clientMeasures.find((one) => one.name === name);
  const figures = await measure!.take(client, { sockets: 1_000, authKey: '' });
  return { figures, plans };
}

test('clientMeasures take what a process with few users needs off what one with many does', async () => {
  const rssBytes = (users: number): number => 50e6 + users * 5_120;
  const { figures, plans } = await take('memory', ({ users }) => ({ rssBytes: rssBytes(users) }));
  expect(figures).toEqual({ memory: 5 });
  expect(plans.map(({ groups }) => groups[0]!.behaviour.kind)).toEqual(['channels', 'channels']);
});

test('clientMeasures divide processor time by what it was for', async () => {
  const connect = await take('connect', ({ users }) => ({ connectMicros: 500_000 + users * 90 }));
  expect(connect.figures).toEqual({ connect: 90 });
  for (const name of ['echo', 'publish']) {
    const { figures, plans } = await take(name, () => ({ steadyMicros: 84_000, came: 4_200 }));
    expect(figures).toEqual({ [name]: 20 });
    // 1,000 users, 7,000 turns a second.
    expect(plans[0]!.groups[0]!.behaviour).toMatchObject({ every: { mean: 1 / 7 } });
  }
});
