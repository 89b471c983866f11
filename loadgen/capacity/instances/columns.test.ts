import { expect, test } from 'vitest';
import { readColumns } from './columns.ts';

test('readColumns() names cells by the first line and counts lines as an editor does', () => {
  expect(readColumns('type, price\n\n"c7g.large" , 0.07\r\nm7g.large,0.08\n')).toEqual({
    names: ['type', 'price'],
    lines: [
      { number: 3, cells: { type: 'c7g.large', price: '0.07' } },
      { number: 4, cells: { type: 'm7g.large', price: '0.08' } },
    ],
  });
});

test('readColumns() leaves cells empty that a line does not have, and reads nothing out of nothing', () => {
  expect(readColumns('type,price\nc7g.large').lines[0]?.cells).toEqual({ type: 'c7g.large', price: '' });
  expect(readColumns('')).toEqual({ names: [''], lines: [] });
  expect(readColumns('\uFEFFtype,price').names).toEqual(['type', 'price']);
});
