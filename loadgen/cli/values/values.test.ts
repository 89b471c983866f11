import { expect, test } from 'vitest';
import { all, header, integer, names, once, port, positive, wanted } from './values.ts';

test('integer() takes whole numbers and nothing else', () => {
  expect([integer('0'), integer('42')]).toEqual([0, 42]);
  for (const text of ['', '-1', '1.5', '1e3', ' 1', 'x']) {
    expect(() => integer(text)).toThrow('Wanted is a whole number.');
  }
});

test('positive() refuses 0', () => {
  expect(positive('1')).toBe(1);
  expect(() => positive('0')).toThrow('Wanted is 1 or more.');
});

test('port() takes what a port can be', () => {
  expect([port('0'), port('65535')]).toEqual([0, 65_535]);
  expect(() => port('65536')).toThrow('Wanted is a port, 0 to 65535.');
});

test('names() reads a list', () => {
  expect(names('a, b,c')).toEqual(['a', 'b', 'c']);
});

test('all() gathers texts in their order', () => {
  expect(all('b', all('a'))).toEqual(['a', 'b']);
});

test('header() gathers lines, and refuses what would be none or two', () => {
  const one = header('Authorization: Bearer a:b');
  expect(header('X-Empty:', one)).toEqual({ Authorization: 'Bearer a:b', 'X-Empty': '' });
  for (const text of ['no colon', ': x', 'a b: c', 'a: b\r\nc: d']) {
    expect(() => header(text)).toThrow("'Name: value'");
  }
});

test('wanted() makes the refusal of a parser one of the command line, and keeps its cause', () => {
  const cause = new RangeError('too much');
  const parse = wanted('--rate', (flag, text) => {
    if (text === '9') throw cause;
    return flag.length + Number(text);
  });
  expect(parse('1')).toBe(7);
  expect(() => parse('9')).toThrow(
    expect.objectContaining({ code: 'commander.invalidArgument', message: 'too much', cause }),
  );
});

test('wanted() leaves out what commander says itself', () => {
  const parse = wanted('--ramp', () => {
    throw new Error('Cannot read "--ramp": current value is "x", wanted a rate such as 2000');
  });
  expect(() => parse('x')).toThrow(/^Wanted is a rate such as 2000\.$/);
});

test('once() refuses the second', () => {
  expect(once('a')).toBe('a');
  expect(() => once('b', 'a')).toThrow('Wanted is one, and "a" was given before.');
});
