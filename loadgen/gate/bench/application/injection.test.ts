import { expect, test } from 'vitest';
import { injections, parseInjection } from './injection.ts';

test('parseInjection() takes a name, with a size of its own or the usual one', () => {
  expect(parseInjection('garbage')).toEqual({ kind: 'garbage', size: injections.garbage.size });
  expect(parseInjection('parse:2.5')).toEqual({ kind: 'parse', size: 2.5 });
});

test.each(['', 'parsing', 'parse:', 'parse:0', 'parse:-1', 'parse:much', 'parse:1:2', 'toString'])(
  'parseInjection() refuses "%s" and names those there are',
  (text) => {
    expect(() => parseInjection(text)).toThrow(
      `Cannot inject "${text}": wanted is one of parse, garbage, writes, tail, stall, memory, loss`,
    );
  },
);
