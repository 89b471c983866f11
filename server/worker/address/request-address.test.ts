import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { forwardedForOf, remoteAddressOf } from './request-address.ts';

const request = (remoteAddress: string | undefined, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

test('remoteAddressOf() believes a header only where the balancer wrote its end', () => {
  expect(remoteAddressOf(request('10.0.0.1', '9.9.9.9'))).toBe('10.0.0.1');
  expect(remoteAddressOf(request(undefined, '9.9.9.9, 10.0.0.2'))).toBe('10.0.0.2');
  expect(remoteAddressOf(request(undefined))).toBe('');
});

test('forwardedForOf() gives the first address of the header, if it is one', () => {
  expect(forwardedForOf(request('10.0.0.1', '9.9.9.9 , 10.0.0.2'))).toBe('9.9.9.9');
  expect(forwardedForOf(request('10.0.0.1', '2001:db8::1'))).toBe('2001:db8::1');
  for (const header of [undefined, '', 'unknown', '<script>']) {
    expect(forwardedForOf(request('10.0.0.1', header))).toBeUndefined();
  }
});
