import { expect, test } from 'vitest';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { authorizationOf, authorize, authorizeRun } from './authorization.ts';

function basicOf(url: string): string | undefined {
  const { Authorization: header } = authorizationOf(new URL(url));
  return header && Buffer.from(header.replace('Basic ', ''), 'base64').toString();
}

test.each([
  ['ws://anna:pw@host/', 'anna:pw'],
  ['ws://anna@host/', 'anna:'],
  ['wss://:pw@host/', ':pw'],
  ['ws://an%40na:p%3Aw%C3%A4@host/', 'an@na:p:wä'],
  ['ws://anna:100%@host/', 'anna:100%'],
  ['ws://host/', undefined],
])('authorizationOf() makes of %s the words %s', (url, words) => {
  expect(basicOf(url)).toBe(words);
});

const basic = { Authorization: 'Basic YW5uYTpwdw==' };

test('authorize() leaves headers alone that say themselves who asks', () => {
  expect(authorize({ a: 'b' }, basic)).toEqual({ a: 'b', ...basic });
  expect(authorize({ authorization: 'Bearer x' }, basic)).toEqual({ authorization: 'Bearer x' });
});

test('authorizeRun() lets users and the requests beside them say who asks', () => {
  const scenario = {
    name: 'known',
    question: 'Who?',
    users: 1,
    ramp: 1,
    duration: 1,
    behaviour: { kind: 'idle' },
    target: { workers: 1, brokers: 1, controller: 'none' },
    rules: [],
  };
  const { connect, http } = authorizeRun(resolvePlan({ ...scenario, http: { rate: 1 } }), basic);
  expect([connect.headers, http?.headers]).toEqual([basic, basic]);
  expect(authorizeRun(resolvePlan(scenario), basic).http).toBeNull();
});
