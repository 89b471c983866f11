import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scanner } from './scanner.ts';

function scannerOf(text: string): Scanner {
  const bytes = Buffer.from(`before${text}12behind"`);
  const scanner = new Scanner();
  scanner.reset(bytes, 6, bytes.length - 9);
  return scanner;
}

test('Scanner.take() moves behind a text that comes next, and stays before any other', () => {
  const scanner = scannerOf('abcdef');
  expect(scanner.take(Buffer.from('abd'))).toBe(false);
  expect(scanner.take(Buffer.from('abc'))).toBe(true);
  expect(scanner.take(Buffer.from('def1'))).toBe(false);
  expect(scanner.take(Buffer.from('def'))).toBe(true);
  expect(scanner.isAtEnd).toBe(true);
});

test('Scanner.takeInteger() reads every exact integer, and no digit behind the end', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const scanner = scannerOf(String(value));
      expect(scanner.takeInteger()).toBe(value);
      expect(scanner.isAtEnd).toBe(true);
    }),
  );
});

test.each(['', '-1', 'x', '99999999999999999999'])(
  'Scanner.takeInteger() reads no integer from "%s"',
  (text) => {
    expect(scannerOf(text).takeInteger()).toBeNaN();
  },
);

test('Scanner.skipPast() finds a byte before the end only', () => {
  const scanner = scannerOf('ab"c');
  expect(scanner.skipPast(0x22)).toBe(true);
  expect(scanner.skipPast(0x22)).toBe(false);
  expect(scanner.take(Buffer.from('c'))).toBe(true);
});
