import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deal } from './deal.ts';
import { helloOf } from './testing.ts';

test('deal() gives every agent processes by its cores, and every process the same', () => {
  const agents = [helloOf('a', {}, { cpus: 2 }), helloOf('b', {}, { cpus: 4 })];
  const dealt = deal({ users: 9_000, agents, leastProcesses: 1, loopback: false });
  expect(dealt).toMatchObject({ processes: 3, usersPerProcess: 3_000, problems: [] });
  expect(dealt.hands.map(({ processes }) => processes)).toEqual([[0], [1, 2]]);
});

test('deal() starts more processes where their descriptors would not do, or where more were asked for', () => {
  const agents = [helloOf('a'), helloOf('b')];
  expect(deal({ users: 100_000, agents, leastProcesses: 1, loopback: false }).processes).toBe(6);
  expect(deal({ users: 100, agents, leastProcesses: 7, loopback: false }).processes).toBe(8);
});

test('deal() takes source addresses only on loopback', () => {
  const agents = [helloOf('a'), helloOf('b')];
  expect(deal({ users: 2_000, agents, leastProcesses: 1, loopback: false }).sourceAddresses).toEqual([]);
  const { hands, sourceAddresses } = deal({ users: 2_000, agents, leastProcesses: 1, loopback: true });
  expect(hands.map((hand) => hand.sourceAddresses.length)).toEqual([2, 2]);
  expect(sourceAddresses).toHaveLength(2);
});

test('deal() says whose host is in the way', () => {
  const agents = [helloOf('big'), helloOf('small', {}, { memoryBytes: 1_000 })];
  const { problems } = deal({ users: 5_000, agents, leastProcesses: 1, loopback: true });
  expect(problems).toEqual([expect.stringMatching(/^Agent "small": Cannot hold 2500 users in memory: /)]);
  const few = deal({ users: 1, agents, leastProcesses: 1, loopback: true });
  expect(few.problems[0]).toBe(
    'Cannot give each of 2 load processes a user: the run has 1; use fewer agents',
  );
  const many = deal({ users: 3, agents: agents.slice(0, 1), leastProcesses: 9, loopback: true });
  expect(many.problems).toEqual(['Cannot start "load processes" 9: the agents have room for 3']);
});

test('deal() numbers all processes from 0 on, each once', () => {
  const cpus = fc.array(fc.integer({ min: 1, max: 128 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(cpus, fc.integer({ min: 1, max: 1_000_000 }), (cores, users) => {
      const agents = cores.map((count, n) => helloOf(`a${n}`, {}, { cpus: count }));
      const { hands, processes } = deal({ users, agents, leastProcesses: 1, loopback: false });
      const numbers = hands.flatMap((hand) => hand.processes);
      expect(numbers).toEqual(Array.from({ length: processes }, (_, n) => n));
    }),
  );
});
