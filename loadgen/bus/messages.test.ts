import { expect, test } from 'vitest';
import { agentName, hello, leaseAnswer, leaseRequest, order, readAs, report } from './messages.ts';

const line = '0123456789abcdef';

test('readAs() takes what is of its kind', () => {
  const request = { tool: '1', protocol: 1, coordinator: 'c', scenario: 's', line };
  expect(readAs(leaseRequest, request)).toEqual(request);
  expect(readAs(order, { type: 'tell', process: 0, message: { type: 'abort' } })).toBeDefined();
  const ends = [{ channel: 1, publisher: 2, next: 3, intended: 4.5 }];
  const tell = { type: 'tell', process: 0, message: { type: 'ends', process: 1, ends } };
  expect(readAs(order, tell)).toEqual(tell);
  const told = { type: 'told', process: 0, message: { type: 'window', window: { second: 1 } } };
  expect(readAs(report, told)).toEqual(told);
});

test.each([
  null,
  'release',
  {},
  { type: 'exec', command: 'id' },
  { type: 'start', process: -1, processes: 1, sourceAddresses: [] },
  { type: 'start', process: 0, processes: 1, sourceAddresses: 'all' },
  { type: 'tell', process: 0, message: { type: 'start', options: {} } },
  { type: 'tell', process: 0, message: { type: 'ends', process: 1, ends: [{ channel: 1 }] } },
  { type: 'tell', process: 0, message: { type: 'go', at: 'now', monotonicMs: 1 } },
])('readAs() knows no order %j', (value) => {
  expect(readAs(order, value)).toBeUndefined();
});

test.each(['a.b', '*', '>', '', '0123456789ABCDEF', `${line}.more`])(
  'readAs() takes no line named "%s", which could be a subject of others',
  (name) => {
    const request = { tool: '1', protocol: 1, coordinator: 'c', scenario: 's', line: name };
    expect(readAs(leaseRequest, request)).toBeUndefined();
  },
);

test('readAs() takes no agent that does not say what its host grants', () => {
  expect(readAs(hello, { tool: '1', protocol: 1, id: line, name: 'a' })).toBeUndefined();
});

test('agentName takes what people call their hosts, and nothing that moves a cursor or cannot be seen', () => {
  for (const name of ['a', 'eu-1.example', 'Büro links', 'a|b<i>"\\', 'x'.repeat(64)])
    expect(readAs(agentName, name)).toBe(name);
  for (const name of ['', ' ', '\u001b[31mred', 'a\nb', 'a\u202eb', 'a\u2028b', 'x'.repeat(65)])
    expect([name, readAs(agentName, name)]).toEqual([name, undefined]);
});

test('readAs() lets nobody on the bus write to a terminal with escape codes', () => {
  const exit = { code: 1, signal: null, lastWords: 'one\n\u001b[2Jtwo' };
  expect(readAs(report, { type: 'exited', process: 0, exit })).toMatchObject({
    exit: { lastWords: 'one\n [2Jtwo' },
  });
  expect(readAs(leaseAnswer, { refused: 'it \u0007 rings' })).toEqual({ refused: 'it   rings' });
});
