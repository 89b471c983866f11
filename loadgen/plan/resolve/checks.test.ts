import { expect, test } from 'vitest';
import { checkTogether } from './checks.ts';
import { scenarioSchema } from './schema/index.ts';

const scenario = {
  name: 's',
  question: 'q?',
  users: 100,
  ramp: 50,
  duration: 30,
  behaviour: { kind: 'ping-pong', payload: null, every: 1 },
  target: { workers: 2, brokers: 1, controller: './c.js' },
  rules: [],
};
const group = { name: 'one', weight: 1, behaviour: scenario.behaviour };
const rooms = { kind: 'channels', channels: 5, subscriptions: 1, publishers: 1, every: 1 };
const without = (field: string) => ({ [field]: undefined });
const problemsOf = (changes: object) => checkTogether(scenarioSchema.parse({ ...scenario, ...changes }));

test.each<[string, object, string[]]>([
  ['nothing wrong', {}, []],
  ['no behaviour', without('behaviour'), ['"behaviour" is missing, wanted one of the two']],
  ['a behaviour twice', { groups: [group] }, ['"behaviour" is beside "groups", wanted one of the two']],
  ['no length', without('duration'), ['"duration" is missing, wanted one of the two']],
  [
    'two lengths',
    { phases: [{ name: 'peak', duration: 30 }] },
    ['"duration" is beside "phases", wanted one of the two'],
  ],
  [
    'stages that do not add up',
    { ramp: [{ users: 40, rate: 10 }, { wait: 2 }, { users: 50, rate: 10 }] },
    ['"ramp" has 90 users in its stages, wanted 100, which "users" is'],
  ],
  [
    'channels of nobody, of a group after, and more than there are',
    {
      behaviour: undefined,
      groups: [
        { name: 'a', weight: 1, behaviour: { ...rooms, channelsOf: 'b' } },
        { name: 'b', weight: 1, behaviour: rooms },
        { name: 'c', weight: 1, behaviour: { ...rooms, channels: 6, channelsOf: 'b' } },
        { name: 'd', weight: 1, behaviour: { ...rooms, channelsOf: 'b' } },
      ],
    },
    [
      '"groups.0.behaviour.channelsOf" is "b", wanted a group before it that has channels',
      '"groups.2.behaviour.channelsOf" is "b", which has 5 channels, wanted 6 or more',
    ],
  ],
  [
    'channels of a group where there is none',
    { behaviour: { ...rooms, channelsOf: 'b' } },
    ['"behaviour.channelsOf" is "b", wanted a group before it that has channels'],
  ],
  [
    'phases named as others',
    {
      duration: undefined,
      phases: [
        { name: 'drain', duration: 1 },
        { name: 'a', duration: 1 },
        { name: 'a', duration: 1 },
      ],
    },
    [
      '"phases.0.name" is "drain", wanted a name no other phase has',
      '"phases.2.name" is "a" again, wanted another',
    ],
  ],
  [
    'nothing measured',
    { duration: undefined, phases: [{ name: 'a', duration: 1, measured: false }] },
    ['"phases" has none that is measured, wanted at least one'],
  ],
  [
    'a rule on an unknown phase',
    { rules: ['phases.peek.messages.sent > 0', 'phases.steady.messages.sent > 0'] },
    ['"rules" speak of phase "peek", wanted one of ramp, settle, drain, steady'],
  ],
  [
    'the same rule again, of a phase or within another one',
    {
      duration: undefined,
      phases: [{ name: 'peak', duration: 1, rules: ['messages.lost == 0', 'users.peak > 1'] }],
      rules: [
        'phases.peak.messages.lost == 0',
        'seconds > 1 and users.failed == 0',
        { rule: 'users.failed == 0', abort: true },
        'users.peak > 1',
      ],
    },
    [
      '"rules" have "users.failed == 0" more than once, wanted once',
      '"rules" have "phases.peak.messages.lost == 0" more than once, wanted once',
    ],
  ],
  [
    'habits beside groups',
    { behaviour: undefined, groups: [group], stays: 5, reconnects: true },
    [
      '"stays" is beside "groups", wanted inside one of them',
      '"reconnects" is beside "groups", wanted inside one of them',
    ],
  ],
  [
    'groups of one name',
    { behaviour: undefined, groups: [group, group] },
    ['"groups.1.name" is "one" again, wanted another'],
  ],
  [
    'users who return but never leave',
    { returns: 5 },
    ['"returns" is 5, wanted "stays" beside it: nobody ever leaves'],
  ],
  [
    'the same in a group',
    { behaviour: undefined, groups: [{ ...group, returns: { mean: 5 } }] },
    [expect.stringContaining('wanted "groups.0.stays" beside it')],
  ],
  [
    'a driver that cannot do it',
    { driver: 'websocket' },
    ['"driver" is "websocket", wanted one that can do "ping-pong": socketcluster or socketcluster-client'],
  ],
  [
    'a behaviour of another driver',
    { behaviour: { kind: 'messages', message: 'hello', every: 1 } },
    ['"driver" is "socketcluster", wanted one that can do "messages": websocket'],
  ],
  [
    'a fault after the end',
    { faults: [{ at: 30, do: 'kill' }] },
    ['"faults.0.at" is 30, wanted less than 30, when the last phase ends'],
  ],
  [
    'a fault of a process there is not',
    {
      faults: [
        { at: 1, do: 'kill', id: 2 },
        { at: 1, do: 'kill', role: 'balancer' },
      ],
    },
    [
      '"faults.0.id" is 2, wanted 0 to 1, one of the workers',
      '"faults.1.role" is "balancer", wanted a role that "target" has',
    ],
  ],
  [
    'a host that is drained where there is no other',
    { faults: [{ at: 1, do: 'drain' }] },
    ['"faults.0.do" is "drain", wanted beside "target.hosts" of 2 or more: users go to another'],
  ],
  [
    'faults that do not say on which host',
    {
      target: { workers: 2, brokers: 1, hosts: 2, controller: './c.js' },
      faults: [
        { at: 1, do: 'drain', id: 2 },
        { at: 1, do: 'drain', role: 'broker' },
        { at: 1, do: 'kill' },
      ],
    },
    [
      '"faults.0.id" is 2, wanted 0 to 1, one of the hosts',
      '"faults.1.do" is "drain", wanted without "role": it drains whole hosts',
      '"faults.2.do" is "kill", wanted "drain": "target" has 2 hosts',
    ],
  ],
  [
    'a fault with fields of another',
    {
      faults: [
        { at: 1, do: 'roll', id: 1 },
        { at: 1, do: 'kill', for: 3 },
      ],
    },
    [
      '"faults.0.do" is "roll", wanted with neither "role" nor "id": it replaces all workers',
      '"faults.1.for" is 3, wanted only beside "do": "stop"',
    ],
  ],
])('checkTogether() finds %s', (_, changes, sentences) => {
  expect(problemsOf(changes)).toEqual(sentences);
});

test('checkTogether() reckons faults from the first measured phase', () => {
  const phases = [
    { name: 'warm', duration: 10, measured: false },
    { name: 'a', duration: 5 },
    { name: 'b', duration: 5 },
  ];
  expect(problemsOf({ duration: undefined, phases, faults: [{ at: 9, do: 'roll' }] })).toEqual([]);
  expect(problemsOf({ duration: undefined, phases, faults: [{ at: 10, do: 'roll' }] })).toHaveLength(1);
});
