/**
 * An in-memory tree of JSON values under paths of keys: what a session's and the cluster's data live in.
 * Items of a list are addressed by their number. A value that stands in the way of a longer path is replaced.
 *
 * There is no way to run a caller's function in here, as older versions had: it sent source text to a process
 * that evaluated it, and what cannot be had is not abused.
 */
import { ClusterError } from '../../../errors/index.ts';
import { Expiries } from './expiries.ts';
import { type Branch, countNodes, indexOf, isContainer, type Node, partOf, toNode, toValue } from './node.ts';

/** Keys from the root down, one or more. */
export type Path = readonly string[];

/** Values, lists and branches one tree may hold. */
const MAX_ENTRIES = 1_000_000;

export class KeyTree {
  readonly #now: () => number;
  readonly #maxEntries: number;
  readonly #root: Branch = new Map();
  readonly #expiries = new Expiries();
  #entries = 0;

  /** @param options `now`: milliseconds since 1970. `maxEntries`: default 1,000,000, all parts counted. */
  constructor({
    now = Date.now,
    maxEntries = MAX_ENTRIES,
  }: { now?: () => number; maxEntries?: number } = {}) {
    this.#now = now;
    this.#maxEntries = maxEntries;
  }

  /** Values, lists and branches held at present. */
  get entries(): number {
    return this.#entries;
  }

  get(path: Path): unknown {
    return toValue(this.#find(path));
  }

  hasKey(path: Path): boolean {
    return this.#find(path) !== undefined;
  }

  /** Parts of a branch, items of a list, 1 for a value, 0 for nothing. */
  count(path: Path): number {
    const node = this.#find(path);
    if (node instanceof Map) {
      return node.size;
    }
    return Array.isArray(node) ? node.length : Number(node !== undefined);
  }

  /** The items of a list from `from` to before `to`, as `Array.slice` counts; none of what is no list. */
  getRange(path: Path, from: number, to?: number): unknown[] {
    const node = this.#find(path);
    return Array.isArray(node) ? node.slice(from, to).map(toValue) : [];
  }

  /** @throws ClusterError LIMIT_EXCEEDED; RangeError for an item that is not in its list nor the next one. */
  set(path: Path, value: unknown): void {
    this.#put(path, toNode(value));
  }

  /** Appends items to a list. What is no list becomes the first item of one. */
  concat(path: Path, values: readonly unknown[]): void {
    const list = this.#find(path);
    if (Array.isArray(list)) {
      this.#cut(list, list.length, 0, values);
    } else {
      this.#put(path, toNode(list === undefined ? values : [toValue(list), ...values]));
    }
  }

  /** Takes out what is at the path and returns it. The later items of its list move up. */
  remove(path: Path): unknown {
    const key = path.at(-1) ?? '';
    const parent = this.#find(path.slice(0, -1));
    if (parent instanceof Map) {
      return toValue(this.#take(parent, key));
    }
    const index = Array.isArray(parent) ? indexOf(key, parent.length - 1) : undefined;
    return Array.isArray(parent) && index !== undefined ? this.#cut(parent, index, 1)[0] : undefined;
  }

  /** Takes the items of `getRange` out of their list and returns them. */
  removeRange(path: Path, from: number, to?: number): unknown[] {
    const list = this.#find(path);
    return Array.isArray(list) ? this.#cut(list, from, list.slice(from, to).length) : [];
  }

  /** Takes out the last item of a list and returns it. */
  pop(path: Path): unknown {
    const list = this.#find(path);
    return Array.isArray(list) ? this.#cut(list, -1, 1)[0] : undefined;
  }

  /** Takes `count` items out of a list from `index` on, puts others there, and returns what it took out. */
  splice(path: Path, index: number, count: number, values: readonly unknown[]): unknown[] {
    const list = this.#find(path);
    if (Array.isArray(list)) {
      return this.#cut(list, index, count, values);
    }
    if (values.length > 0) {
      this.concat(path, values);
    }
    return [];
  }

  /** Has a key removed after so many seconds, rounded up to a full one. Returns false for an item of a list or nothing. */
  expire(path: Path, seconds: number): boolean {
    const place = this.#placeOf(path);
    if (place === undefined) {
      return false;
    }
    this.#expiries.set(...place, this.#now() + seconds * 1_000);
    return true;
  }

  /** Keeps a key from being removed. Returns whether it would have been. */
  unexpire(path: Path): boolean {
    const place = this.#placeOf(path);
    return place !== undefined && this.#expiries.delete(...place);
  }

  /** When a key is removed, milliseconds since 1970; null when never. */
  getExpiry(path: Path): number | null {
    const place = this.#placeOf(path);
    return place === undefined ? null : (this.#expiries.get(...place) ?? null);
  }

  /** Removes the keys whose time is up. Every other method does so first. */
  sweep(): void {
    for (const [branch, key] of this.#expiries.take(this.#now())) {
      this.#take(branch, key);
    }
  }

  #find(path: Path): Node | undefined {
    this.sweep();
    let node: Node | undefined = this.#root;
    for (const key of path) {
      node = partOf(node, key);
    }
    return node;
  }

  /** The branch and the key of a path whose end is in a branch. */
  #placeOf(path: Path): [Branch, string] | undefined {
    const key = path.at(-1);
    const branch = this.#find(path.slice(0, -1));
    return key !== undefined && branch instanceof Map && branch.has(key) ? [branch, key] : undefined;
  }

  #put(path: Path, node: Node): void {
    this.sweep();
    this.#refuseBeyondLimit(countNodes(node) + path.length);
    let parent: Node = this.#root;
    for (const key of path.slice(0, -1)) {
      const next: Node | undefined = partOf(parent, key);
      const branch: Node = isContainer(next) ? next : new Map();
      if (branch !== next) {
        this.#putPart(parent, key, branch);
      }
      parent = branch;
    }
    this.#putPart(parent, path.at(-1) ?? '', node);
  }

  #putPart(parent: Node, key: string, node: Node): void {
    const old = partOf(parent, key);
    if (parent instanceof Map) {
      parent.set(key, node);
    } else if (Array.isArray(parent)) {
      const index = indexOf(key, parent.length);
      if (index === undefined) {
        throw new RangeError(`Cannot set item "${key}" of a list: wanted 0 to ${parent.length}`);
      }
      parent[index] = node;
    }
    this.#entries += countNodes(node);
    if (old !== undefined) {
      this.#discard(old);
    }
  }

  #cut(list: Node[], index: number, count: number, values: readonly unknown[] = []): unknown[] {
    const items = values.map((value) => toNode(value));
    const added = items.reduce<number>((sum, item) => sum + countNodes(item), 0);
    this.#refuseBeyondLimit(added);
    const start = index < 0 ? Math.max(0, list.length + index) : index;
    const removed = list.splice(start, count);
    const rest = items.length === 0 ? [] : list.splice(start);
    // One by one: as arguments of one call, a hundred thousand items would break the stack.
    for (const item of items.concat(rest)) {
      list.push(item);
    }
    this.#entries += added;
    for (const node of removed) {
      this.#discard(node);
    }
    return removed.map(toValue);
  }

  #take(branch: Branch, key: string): Node | undefined {
    const node = branch.get(key);
    if (node !== undefined) {
      branch.delete(key);
      this.#expiries.delete(branch, key);
      this.#discard(node);
    }
    return node;
  }

  /** Counts out what is no longer part of the tree. */
  #discard(node: Node): void {
    this.#entries -= 1;
    if (!isContainer(node)) {
      return;
    }
    if (node instanceof Map) {
      this.#expiries.forget(node);
    }
    for (const part of node.values()) {
      this.#discard(part);
    }
  }

  #refuseBeyondLimit(added: number): void {
    if (this.#entries + added > this.#maxEntries) {
      throw new ClusterError(
        `Cannot keep ${added} more entries: there are ${this.#entries}, the most is ${this.#maxEntries}`,
        { code: 'LIMIT_EXCEEDED' },
      );
    }
  }
}
