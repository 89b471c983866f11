import { expect, test } from 'vitest';
import { planBatches, planLines } from './plan.ts';

const plan = { 'server-1': ['front', 'back'], 'server-2': ['front', 'back'], nats: ['back'] };

test('planLines() gives a host the same last number on each of its segments', () => {
  expect(planLines(plan).map(({ host, segment, address }) => `${host} ${segment} ${address}`)).toEqual([
    'server-1 front 10.77.0.1',
    'server-1 back 10.77.1.1',
    'server-2 front 10.77.0.2',
    'server-2 back 10.77.1.2',
    'nats back 10.77.1.3',
  ]);
});

test.for([
  [{ 'Server 1': [] }, /name a host or a segment "Server 1"/],
  [{ lo: [] }, /"lo"/],
  [{ one: ['bridge'] }, /"bridge"/],
  [{ 'a-name-of-16-char': [] }, /"a-name-of-16-char"/],
  [{ one: ['two'], two: ['one'] }, /a host and a segment "one"/],
  [Object.fromEntries([...Array(255).keys()].map((n) => [`host-${n}`, ['lan']])), /255 hosts/],
] as const)('planLines() refuses what cannot be built: %j', ([bad, sentence]) => {
  expect(() => planLines(bad)).toThrow(sentence);
});

test('planBatches() puts each end of a line into its own namespace, named after the other', () => {
  const { outside, inside } = planBatches(plan, planLines(plan), 'x-');
  expect(outside).toContain('netns add x-front');
  expect(outside).toContain('netns add x-nats');
  expect(outside).toContain('link add name back netns x-nats type veth peer name nats netns x-back');
  expect(outside).toHaveLength(5 + 5);
  expect(inside.get('back')).toContain('link set dev nats master bridge up');
  expect(inside.get('front')).not.toContain('link set dev nats master bridge up');
  expect(inside.get('server-2')).toContain('address add 10.77.1.2/24 dev back');
});
