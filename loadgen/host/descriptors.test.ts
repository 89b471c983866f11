import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { growDescriptorTable } from './descriptors.ts';

const status = '/proc/self/status';
const size = (): number => Number(/^FDSize:\s*(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]);
const open = (): number => readdirSync('/proc/self/fd').length;

test.runIf(existsSync(status))('growDescriptorTable() makes room for so many, and keeps none of them', () => {
  const before = { size: size(), open: open() };
  growDescriptorTable(before.size + 1);
  expect(size()).toBeGreaterThanOrEqual(2 * before.size);
  expect(open()).toBe(before.open);
});
