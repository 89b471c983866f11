import { expect, test } from 'vitest';
import { Hosts } from './hosts.ts';
import { driverOptions } from './testing.ts';

const others = [
  { host: 'b', port: 2, address: '10.0.0.2' },
  { host: '10.0.0.3', port: 3 },
];

/** Hosts of users with these numbers in the whole run. */
function hostsFor(numbers: number[]): Hosts {
  const target = { host: 'a', port: 1, path: '/', secure: false, others };
  return new Hosts(driverOptions({ port: 1, users: numbers.length, numbers, target, address: '10.0.0.1' }));
}

test('Hosts knows the addresses of all, also of those that need no name', () => {
  expect(hostsFor([0]).all).toEqual([
    { host: 'a', port: 1, address: '10.0.0.1' },
    { host: 'b', port: 2, address: '10.0.0.2' },
    { host: '10.0.0.3', port: 3, address: '10.0.0.3' },
  ]);
});

test('Hosts.next() begins by the number within the whole run, and takes the next host with each connection', () => {
  const numbers = [0, 2, 4, 7];
  const hosts = hostsFor(numbers);
  const users = numbers.map((_, user) => user);
  expect(users.map((user) => hosts.next(user))).toEqual([0, 2, 1, 1]);
  expect(users.map((user) => hosts.last(user))).toEqual([0, 2, 1, 1]);
  expect(hosts.next(1)).toBe(0);
  expect([hosts.last(1), hosts.last(0)]).toEqual([0, 0]);
});

test('Hosts.next() stays where there is one', () => {
  const hosts = new Hosts(driverOptions({ port: 1 }));
  expect([hosts.next(5), hosts.next(5), hosts.last(5)]).toEqual([0, 0, 0]);
});
