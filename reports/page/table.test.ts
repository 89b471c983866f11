import { expect, test } from 'vitest';
import { formatCount } from '../figures/index.ts';
import { html } from './html.ts';
import { cell, columnTable, dataTable } from './table.ts';

function render(parts: Parameters<typeof dataTable>[0]): string {
  return html`${dataTable(parts)}`.text;
}

test('cell() keeps the exact value beside its text', () => {
  expect(cell(42_000.4, formatCount)).toEqual({ text: '42,000', value: 42_000.4 });
  expect(cell(undefined, formatCount)).toEqual({ text: '–', value: null });
});

test('dataTable() names rows and columns for those who hear the table', () => {
  const text = render({
    caption: 'Workers',
    head: ['worker', 'users'],
    rows: [['<0>', cell(1_234.5, formatCount)]],
  });
  expect(text).toContain('<caption>Workers</caption>');
  expect(text).toContain('<th scope="col" class="word">worker</th><th scope="col">users</th>');
  expect(text).toContain('<th scope="row">&lt;0&gt;</th><td data-value="1234.5">1,235</td>');
});

test('dataTable() keeps sums out of the rows that are sorted', () => {
  const text = render({ caption: 'All', head: ['name'], rows: [['one']], foot: [['sum']] });
  expect(text.slice(text.indexOf('<tfoot>'))).toContain('sum');
  expect(text.slice(0, text.indexOf('</tbody>'))).not.toContain('sum');
});

test('dataTable() is nothing at all without rows', () => {
  expect(render({ caption: 'None', head: ['name'], rows: [] })).toBe('');
});

test('dataTable() gives rows the class of their kind, and none to others', () => {
  const text = render({
    caption: 'Fleets',
    head: ['type'],
    rows: [['one'], ['other']],
    kinds: ['', 'unfit'],
  });
  expect(text).toContain('<tr><th scope="row">one</th></tr>');
  expect(text).toContain('<tr class="unfit"><th scope="row">other</th></tr>');
});

test('columnTable() gives each figure an address, and words a column of their own', () => {
  const { text } = html`${columnTable('user', {
    caption: 'Users',
    columns: [
      ['user', '', ({ name }: { name: string; age: number }) => name],
      ['age', 'age', ({ age }) => cell(age, formatCount)],
      ['told', '', () => 'nothing', 'word'],
    ],
    rows: [{ name: 'Ada', age: 36 }],
    idOf: (_, index) => String(index),
    kindOf: ({ name }) => name.toLowerCase(),
  })}`;
  expect(text).toContain('<td data-value="36" data-figure="user 0 age">36</td><td class="word">nothing</td>');
  expect(text).toContain('<tr class="ada">');
});
