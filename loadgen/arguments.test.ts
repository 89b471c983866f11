import { expect, test } from 'vitest';
import { commandLine, header, integer, names, positive, wanted } from './arguments.ts';

test('integer() and positive() read whole numbers alone', () => {
  expect([integer('0'), positive('12')]).toEqual([0, 12]);
  for (const text of ['', '-1', '1.5', '1e3', 'abc']) expect(() => integer(text)).toThrow('whole number');
  expect(() => positive('0')).toThrow('1 or more');
});

test('names() reads names with commas between them', () => {
  expect(names('a, b,c')).toEqual(['a', 'b', 'c']);
});

test('header() gathers lines, and refuses what would be none or two', () => {
  const one = header('Authorization: Bearer a:b');
  expect(header('X-Empty:', one)).toEqual({ Authorization: 'Bearer a:b', 'X-Empty': '' });
  for (const text of ['no colon', ': x', 'a b: c', 'a: b\r\nc: d']) {
    expect(() => header(text)).toThrow("'Name: value'");
  }
});

test('wanted() passes on what a parser says', () => {
  const parse = wanted('--rate', (flag, text) => {
    if (text === '1') return 1;
    throw new Error(`${flag} ${text}`);
  });
  expect(parse('1')).toBe(1);
  expect(() => parse('x')).toThrow('--rate x');
});

test('commandLine() writes a command that a shell reads alike', () => {
  expect(commandLine('npm run bench --', [])).toBe('npm run bench');
  expect(commandLine('x', ['-u', '5', '--header', 'A: b'])).toBe('x -u 5 --header "A: b"');
});
