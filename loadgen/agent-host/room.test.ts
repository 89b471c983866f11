import { expect, test } from 'vitest';
import { hello, PROTOCOL, readAs } from '../bus/index.ts';
import { readRoom } from './room.ts';

test('readRoom() tells all that a coordinator wants to know of a host', () => {
  const told = { tool: '1', protocol: PROTOCOL, id: '0123456789abcdef', name: 'a', room: readRoom() };
  expect(readAs(hello, JSON.parse(JSON.stringify(told)))).toEqual(told);
  expect(told.room.memoryBytes).toBeGreaterThan(0);
});
