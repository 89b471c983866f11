import { expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../broker/index.ts';
import { DataMethods, settle } from './data-methods.ts';

class Data extends DataMethods {
  readonly #store = createMemoryStore(() => {});

  protected override place() {
    return { store: this.#store, root: ['session', 's', 'data'] };
  }
}

test('DataMethods keep JSON values under keys and keys within keys', async () => {
  const data = new Data();
  await data.set('user', { name: 'Ann', scores: [1] });
  await data.add(['user', 'scores'], 2);
  await data.concat(['user', 'scores'], [3, 4]);
  expect(await data.get(['user', 'scores', 1])).toBe(2);
  expect(await data.getRange(['user', 'scores'], 1)).toEqual([2, 3, 4]);
  expect(await data.getRange(['user', 'scores'], 1, 2)).toEqual([2]);
  expect(await data.pop(['user', 'scores'])).toBe(4);
  expect(await data.splice(['user', 'scores'], { index: 0, count: 1, items: ['x'] })).toEqual([1]);
  expect(await data.removeRange(['user', 'scores'], 1, 2)).toEqual([2]);
  expect(await data.getAll()).toEqual({ user: { name: 'Ann', scores: ['x', 3] } });
  expect(await data.remove(['user', 'name'])).toBe('Ann');
  expect([await data.hasKey('user'), await data.hasKey(['user', 'name'])]).toEqual([true, false]);
  expect([await data.count(), await data.count(['user', 'scores'])]).toEqual([1, 2]);
  await data.removeAll();
  expect([await data.getAll(), await data.count()]).toEqual([{}, 0]);
});

test('DataMethods give keys a time and take it away', async () => {
  const data = new Data();
  await data.set('a', 1);
  const before = Date.now();
  expect(await data.expire(['a', 'none'], 60)).toEqual([true, false]);
  expect(await data.getExpiry('a')).toBeGreaterThanOrEqual(before + 60_000);
  expect(await data.unexpire(['a'])).toEqual([true]);
  expect([await data.expire('a', 60), await data.unexpire('a')]).toEqual([[true], [true]]);
  expect(await data.getExpiry('a')).toBeNull();
});

test('splice() without options removes everything', async () => {
  const data = new Data();
  await data.set('list', [1, 2]);
  expect(await data.splice('list')).toEqual([1, 2]);
});

test('DataMethods take a callback as their last argument, with or without the optional ones before it', async () => {
  const data = new Data();
  const heard: unknown[] = [];
  const note = (...outcome: unknown[]) => heard.push(outcome);
  await data.set('list', [1, 2, 3], note);
  await data.getRange('list', 1, note);
  await data.getRange('list', 1, 2, note);
  await data.count(note);
  await data.count('list', note);
  await data.getAll(note);
  await data.splice('list', { index: 2 }, note);
  await data.expire(['list'], 1, note);
  expect(heard).toEqual([
    [null, undefined],
    [null, [2, 3]],
    [null, [2]],
    [null, 1],
    [null, 3],
    [null, { list: [1, 2, 3] }],
    [null, [3]],
    [null, [true]],
  ]);
});

test('DataMethods tell of a failure by callback and by promise, and forgive whoever asks for neither', async () => {
  const data = new Data();
  await data.set('list', [1]);
  const callback = vi.fn();
  await expect(data.set(['list', 9], 1, callback)).rejects.toThrow(RangeError);
  expect(callback).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError));
  void data.set(['list', 9], 1);
  await data.get('list');
});

test('settle() gives the promise it was given', async () => {
  const promise = Promise.resolve(1);
  expect(settle(promise)).toBe(promise);
});
