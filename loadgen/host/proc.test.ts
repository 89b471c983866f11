import { expect, test } from 'vitest';
import { figureIn, readKernel, readNumber } from './proc.ts';

test('readKernel() reads a file, and nothing where there is none', () => {
  expect(readKernel('/proc/self/status')).toContain('Pid:');
  expect(readKernel('/proc/none')).toBe('');
});

test('readNumber() is undefined for what is no number', () => {
  expect(readNumber('/proc/sys/kernel/pid_max')).toBeGreaterThan(0);
  expect(readNumber('/proc/self/status')).toBeUndefined();
  expect(readNumber('/proc/none')).toBeUndefined();
});

test('figureIn() finds a value below its name', () => {
  const text = 'Ip: Forwarding InReceives\nIp: 1 7\nTcp: OutSegs RetransSegs\nTcp: 100 3\n';
  expect(figureIn(text, 'Tcp', 'RetransSegs')).toBe(3);
  expect(figureIn(text, 'Tcp', 'Missing')).toBe(0);
  expect(figureIn('', 'Tcp', 'OutSegs')).toBe(0);
});
