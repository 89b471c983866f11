import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitToHost, type HostLimits, loopbackAddresses } from './limits.ts';

const host: HostLimits = {
  users: 42_000,
  fdLimit: 20_000,
  portRange: [32_768, 60_999],
  memoryBytes: 8_000_000_000,
  workers: 3,
  loopback: true,
};

test('fitToHost() takes three processes and 84 addresses for 42,000 users at 20,000 descriptors', () => {
  const fit = fitToHost(host);
  expect(fit).toMatchObject({ processes: 3, usersPerProcess: 14_000, problems: [] });
  expect(fit.sourceAddresses).toHaveLength(84);
});

test('fitToHost() takes one process for a small test, unless more are wanted', () => {
  expect(fitToHost({ ...host, users: 1_000 }).processes).toBe(1);
  expect(fitToHost({ ...host, users: 1_000, leastProcesses: 4 }).processes).toBe(4);
  expect(fitToHost({ ...host, users: 2, leastProcesses: 4 }).processes).toBe(2);
});

test('fitToHost() never gives a process more users than it may open, nor takes a process it could do without', () => {
  const hosts = fc.record({
    users: fc.integer({ min: 1, max: 300_000 }),
    fdLimit: fc.integer({ min: 1_024, max: 100_000 }),
  });
  fc.assert(
    fc.property(hosts, ({ users, fdLimit }) => {
      const { processes, usersPerProcess } = fitToHost({ ...host, users, fdLimit });
      expect(usersPerProcess).toBeLessThanOrEqual(fdLimit - 512);
      expect(processes * usersPerProcess).toBeGreaterThanOrEqual(users);
      if (processes > 1) expect((processes - 1) * (fdLimit - 512)).toBeLessThan(users);
    }),
  );
});

test('fitToHost() leaves the address to the kernel when the target is elsewhere', () => {
  expect(fitToHost({ ...host, users: 100, workers: null, loopback: false }).sourceAddresses).toEqual([]);
});

test('fitToHost() finds ports for each address of a host that has several', () => {
  const elsewhere = { ...host, users: 60_000, workers: null, loopback: false };
  expect(fitToHost({ ...elsewhere, addresses: 3 }).problems).toEqual([]);
  expect(fitToHost({ ...elsewhere, addresses: 2 }).problems).toEqual([
    expect.stringContaining('32768 to 60999 has 28232 for each of 2 addresses; widen it'),
  ]);
  expect(fitToHost({ ...elsewhere, addresses: 0 }).problems).toHaveLength(1);
});

test('fitToHost() takes more addresses where the port range is smaller than the share of one', () => {
  expect(fitToHost({ ...host, users: 1_000, portRange: [40_000, 40_099] }).sourceAddresses).toHaveLength(10);
});

test.each<[string, Partial<HostLimits>, RegExp]>([
  [
    'a worker’s descriptors',
    { workers: 2 },
    /"workers" 2.*hold 21000.*room for 19488; use --workers 3 or.*ulimit -n 21512/,
  ],
  ['a process’s descriptors', { fdLimit: 256 }, /limit of descriptors a process is 256.*ulimit -n/],
  ['the port range', { loopback: false, workers: null }, /32768 to 60999 has 28232; .*ip_local_port_range/],
  ['memory', { memoryBytes: 100_000_000 }, /about 0\.6 GB, 0\.1 GB are free; use --users 7142/],
])('fitToHost() names %s and what lifts the limit', (_, changes, sentence) => {
  const { problems } = fitToHost({ ...host, ...changes });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(sentence);
});

test('loopbackAddresses() begins at 127.0.1.1 and skips the addresses that end in 0 and 255', () => {
  const addresses = loopbackAddresses(70_000);
  expect(addresses.slice(0, 2)).toEqual(['127.0.1.1', '127.0.1.2']);
  expect(addresses.slice(253, 255)).toEqual(['127.0.1.254', '127.0.2.1']);
  expect(new Set(addresses).size).toBe(70_000);
  expect(
    addresses.every((address) =>
      /^127\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.\d{1,3}\.\d{1,3}$/.test(address),
    ),
  ).toBe(true);
  expect(addresses.some((address) => /\.(0|255)$/.test(address))).toBe(false);
});
