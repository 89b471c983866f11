import { expect, test } from 'vitest';
import { isLeftBehind, listNamespaces, nextPrefix } from './owner.ts';

test('nextPrefix() gives each network of a process a name of its own', () => {
  expect(nextPrefix()).not.toBe(nextPrefix());
});

test('isLeftBehind() leaves alone what a running process made, and what is not ours', () => {
  expect(isLeftBehind(`${nextPrefix()}host`)).toBe(false);
  expect(isLeftBehind('blue')).toBe(false);
  expect(isLeftBehind('scbench-host')).toBe(false);
});

test('isLeftBehind() knows a process that has ended, also when its number is in use again', () => {
  const mine = `${nextPrefix()}host`;
  expect(isLeftBehind(mine.replace(String(process.pid), '4194999'))).toBe(true);
  expect(isLeftBehind(mine.replace(/-\d+-(\d+-host)$/, '-1-$1'))).toBe(true);
});

test('listNamespaces() lists none that begin otherwise', () => {
  expect(listNamespaces('scbench-nobody-')).toEqual([]);
});
