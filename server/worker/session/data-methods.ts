/**
 * The data methods of SocketCluster 0.9: those of its nData store, without the ones that sent functions to be
 * run inside it. Each returns a promise and takes a callback too, as its last argument.
 */
import type { Operation, Path, Store } from '../../broker/index.ts';

/** A key, or keys from the outside in. */
export type Key = string | number | readonly (string | number)[];

/** Told of the outcome in the style of Node. */
export type Callback<Value = unknown> = (error: Error | null, value?: Value) => void;

/** What may follow a method's own arguments; any of those that are optional may be left out before it. */
type Tail<Optional, Value = unknown> =
  | [optional?: Optional, callback?: Callback<Value>]
  | [callback: Callback<Value>];

export abstract class DataMethods {
  /** The store, and where in it the keys begin. */
  protected abstract place(): { store: Store; root: Path };

  /** Gives what is at a key; undefined when nothing is. */
  get(key: Key, callback?: Callback): Promise<unknown> {
    return this.#ask('get', key, [callback]);
  }

  /** Gives everything, as an object. */
  getAll(callback?: Callback<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const all = this.#ask('get', [], []).then((value) => (value ?? {}) as Record<string, unknown>);
    return settle(all, callback);
  }

  /** Gives the items of a list, from index `from` to before `to`. */
  getRange(key: Key, from: number, ...rest: Tail<number>): Promise<unknown> {
    return this.#ask('getRange', key, [from, ...rest]);
  }

  /** Counts the parts of what is at a key, or all keys. */
  count(...rest: Tail<Key, number>): Promise<unknown> {
    const [key = []] = rest;
    return this.#ask('count', typeof key === 'function' ? [] : key, rest.filter(isFunction));
  }

  /** Tells whether anything is at a key. */
  hasKey(key: Key, callback?: Callback<boolean>): Promise<unknown> {
    return this.#ask('hasKey', key, [callback]);
  }

  /** Puts a JSON value at a key. */
  set(key: Key, value: unknown, callback?: Callback): Promise<unknown> {
    return this.#ask('set', key, [value, callback]);
  }

  /** Appends a value to a list; what is there and no list becomes the first item of one. */
  add(key: Key, value: unknown, callback?: Callback): Promise<unknown> {
    return this.#ask('add', key, [value, callback]);
  }

  /** Appends values to a list. */
  concat(key: Key, values: readonly unknown[], callback?: Callback): Promise<unknown> {
    return this.#ask('concat', key, [values, callback]);
  }

  /** Removes what is at a key and gives it. */
  remove(key: Key, callback?: Callback): Promise<unknown> {
    return this.#ask('remove', key, [callback]);
  }

  /** Removes items of a list, from index `from` to before `to`, and gives them. */
  removeRange(key: Key, from: number, ...rest: Tail<number>): Promise<unknown> {
    return this.#ask('removeRange', key, [from, ...rest]);
  }

  /** Removes everything. */
  removeAll(callback?: Callback): Promise<unknown> {
    return this.#ask('remove', [], [callback]);
  }

  /** Removes the last item of a list and gives it. */
  pop(key: Key, callback?: Callback): Promise<unknown> {
    return this.#ask('pop', key, [callback]);
  }

  /** Removes `count` items of a list from `index` on, puts others there, and gives those removed. */
  splice(
    key: Key,
    ...rest: Tail<{ index?: number; count?: number; items?: readonly unknown[] }>
  ): Promise<unknown> {
    const [first = {}, second] = rest;
    const [{ index, count, items }, callback] = typeof first === 'function' ? [{}, first] : [first, second];
    return this.#ask('splice', key, [index, count, items, callback]);
  }

  /** Has a key, or each of a list of keys, removed after so many seconds, rounded up to a full one. */
  expire(keys: string | number | readonly Key[], seconds: number, callback?: Callback): Promise<unknown> {
    return settle(Promise.all([keys].flat().map((key) => this.#ask('expire', key, [seconds]))), callback);
  }

  /** Keeps keys from being removed after all. */
  unexpire(keys: string | number | readonly Key[], callback?: Callback): Promise<unknown> {
    return settle(Promise.all([keys].flat().map((key) => this.#ask('unexpire', key, []))), callback);
  }

  /** Gives the time a key is removed, milliseconds since 1970; null when never. */
  getExpiry(key: Key, callback?: Callback): Promise<unknown> {
    return this.#ask('getExpiry', key, [callback]);
  }

  #ask(operation: Operation, key: Key, given: readonly unknown[]): Promise<unknown> {
    const { store, root } = this.place();
    const callback = given.findLast(isFunction);
    const values = given.filter((argument) => !isFunction(argument));
    const keys = Array.isArray(key) ? key : [key];
    return settle(store.run(operation, [...root, ...keys.map(String)], ...values), callback as Callback);
  }
}

function isFunction(argument: unknown): boolean {
  return typeof argument === 'function';
}

/** Calls back when a promise has settled, and gives the promise. Whoever neither waits nor listens does not mind a failure. */
export function settle<Value>(promise: Promise<Value>, callback?: Callback<Value>): Promise<Value> {
  promise.then(
    (value) => callback?.(null, value),
    (error: Error) => callback?.(error),
  );
  return promise;
}
