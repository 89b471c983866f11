import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { bar, render, widthOf } from './pieces.ts';

const line = ['users ', ['red', '12 failed'], ', 3 dropped'] as const;

test('render() cuts a line by its cells, not by its escape codes', () => {
  for (const columns of [0, 3, 6, 10, 15, 99]) {
    const text = render(line, { columns, colour: true });
    expect(stripVTControlCharacters(text)).toBe('users 12 failed, 3 dropped'.slice(0, columns));
    expect(text.includes('\u001b[31m')).toBe(columns > 6);
    expect(text.endsWith('\u001b[31m')).toBe(false);
  }
});

test('render() writes no escape code where no colour is wanted, and none that came with the data', () => {
  expect(render(line, { columns: 99, colour: false })).toBe('users 12 failed, 3 dropped');
  expect(render(['a\u001b[2Jb\nc'], { columns: 99, colour: true })).toBe('a [2Jb c');
});

test('widthOf() counts the cells of all pieces', () => {
  expect(widthOf(line)).toBe('users 12 failed, 3 dropped'.length);
});

test('bar() fills cells in eighths and always takes its width', () => {
  expect([bar(0, 4), bar(0.5, 4), bar(1, 4), bar(0.28125, 4)]).toEqual(['    ', '██  ', '████', '█▏  ']);
  expect([bar(-1, 2), bar(7, 2), bar(Number.NaN, 0)]).toEqual(['  ', '██', '']);
});
