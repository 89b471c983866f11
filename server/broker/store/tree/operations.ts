import type { KeyTree, Path } from './key-tree.ts';

/** What can be done with a tree, by name; arguments come over a link, so they are checked here. */
const operations = {
  get: (tree: KeyTree, path: Path) => tree.get(path),
  hasKey: (tree: KeyTree, path: Path) => tree.hasKey(path),
  count: (tree: KeyTree, path: Path) => tree.count(path),
  getRange: (tree: KeyTree, path: Path, [from, to]: Arguments) =>
    tree.getRange(path, integer('from', from, 0), to == null ? undefined : integer('to', to)),
  set: (tree: KeyTree, path: Path, [value]: Arguments) => tree.set(path, value),
  add: (tree: KeyTree, path: Path, [value]: Arguments) => tree.concat(path, [value]),
  concat: (tree: KeyTree, path: Path, [values]: Arguments) => tree.concat(path, list('values', values)),
  remove: (tree: KeyTree, path: Path) => tree.remove(path),
  removeRange: (tree: KeyTree, path: Path, [from, to]: Arguments) =>
    tree.removeRange(path, integer('from', from, 0), to == null ? undefined : integer('to', to)),
  pop: (tree: KeyTree, path: Path) => tree.pop(path),
  splice: (tree: KeyTree, path: Path, [index, count, items]: Arguments) =>
    tree.splice(
      path,
      integer('index', index, 0),
      integer('count', count, Number.MAX_SAFE_INTEGER),
      list('items', items ?? []),
    ),
  expire: (tree: KeyTree, path: Path, [seconds]: Arguments) => tree.expire(path, duration(seconds)),
  unexpire: (tree: KeyTree, path: Path) => tree.unexpire(path),
  getExpiry: (tree: KeyTree, path: Path) => tree.getExpiry(path),
} as const;

type Arguments = readonly unknown[];

/** Name of something that can be done with a tree. */
export type Operation = keyof typeof operations;

/** Whether a text names an operation. */
export function isOperation(name: string): name is Operation {
  return Object.hasOwn(operations, name);
}

/**
 * Carries out one operation. Indices count as those of `Array`; what a caller leaves out is null or undefined.
 *
 * @throws TypeError when an argument is none that the operation takes, and what the tree throws.
 */
export function operate(tree: KeyTree, operation: Operation, path: Path, values: Arguments): unknown {
  return operations[operation](tree, path, values);
}

function integer(name: string, value: unknown, fallback?: number): number {
  const given = value ?? fallback;
  if (!Number.isSafeInteger(given)) {
    throw new TypeError(`Cannot use ${JSON.stringify(value)} as "${name}": wanted an integer`);
  }
  return given as number;
}

function list(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`Cannot use ${JSON.stringify(value)} as "${name}": wanted a list`);
  }
  return value;
}

function duration(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) {
    throw new TypeError(`Cannot use ${JSON.stringify(value)} as "seconds": wanted a number from 0 on`);
  }
  return value;
}
