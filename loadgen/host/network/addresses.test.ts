import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { addressesBeside, addressesTowards, mostAddresses } from './addresses.ts';

function at(address: string, internal = false): NetworkInterfaceInfo {
  const common = { address, internal, mac: '00:00:00:00:00:00', cidr: null };
  return address.includes(':')
    ? { ...common, family: 'IPv6', netmask: 'ffff::', scopeid: 0 }
    : { ...common, family: 'IPv4', netmask: '255.255.255.0' };
}

const interfaces = {
  lo: [at('127.0.0.1', true), at('127.0.0.2', true)],
  eth0: [at('10.0.0.1'), at('fe80::1'), at('10.0.0.2'), at('10.0.0.3')],
  eth1: [at('10.1.0.1')],
};

test('addressesBeside() takes those of the same interface, and of no other', () => {
  expect(addressesBeside('10.0.0.2', interfaces)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
  expect(addressesBeside('10.1.0.1', interfaces)).toEqual(['10.1.0.1']);
  expect(addressesBeside('10.9.0.1', interfaces)).toEqual([]);
  expect(addressesBeside('127.0.0.1', interfaces)).toEqual([]);
});

test('mostAddresses() counts one interface, because a target is reached by one', () => {
  expect(mostAddresses(interfaces)).toBe(3);
  expect(mostAddresses({ lo: interfaces.lo })).toBe(0);
  expect(mostAddresses()).toBeGreaterThanOrEqual(0);
});

test('addressesTowards() leaves loopback and addresses of another kind to others', async () => {
  for (const address of ['127.0.0.1', '::1', 'no address'])
    expect(await addressesTowards(address)).toEqual([]);
});
