import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyTree, type Path } from './key-tree.ts';

/** Plain JSON values without prototypes, changed in the most obvious way: what a tree must look like. */
type Plain = unknown;
type Parts = Record<string, Plain>;

const bare = (value: Plain): Plain => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(value).map(([key, part]) => [key, bare(part)])),
  );
};

const isParts = (value: Plain): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIndex = (key: string, most: number) => /^(0|[1-9]\d*)$/.test(key) && Number(key) <= most;

const partOf = (value: Plain, key: string): Plain => {
  if (Array.isArray(value)) return isIndex(key, value.length - 1) ? value[Number(key)] : undefined;
  return isParts(value) ? value[key] : undefined;
};

class Model {
  root: Parts = bare({}) as Parts;

  find(path: Path): Plain {
    return path.reduce<Plain>(partOf, this.root);
  }

  set(path: Path, value: Plain): void {
    let parent: Plain = this.root;
    for (const [depth, key] of path.entries()) {
      const isLast = depth === path.length - 1;
      const next = partOf(parent, key);
      const isContainer = Array.isArray(next) || isParts(next);
      const put = isLast ? bare(value) : isContainer ? next : bare({});
      if (Array.isArray(parent) && !isIndex(key, parent.length)) throw new RangeError('index');
      (parent as Parts)[key] = put;
      parent = put;
    }
  }

  concat(path: Path, values: Plain[]): void {
    const old = this.find(path);
    if (Array.isArray(old)) old.push(...values.map(bare));
    else this.set(path, old === undefined ? values : [old, ...values]);
  }

  remove(path: Path): Plain {
    const parent = this.find(path.slice(0, -1));
    const key = path.at(-1)!;
    const removed = partOf(parent, key);
    if (Array.isArray(parent) && removed !== undefined) parent.splice(Number(key), 1);
    if (isParts(parent)) delete parent[key];
    return removed;
  }

  splice(path: Path, index: number, count: number, values: Plain[]): Plain[] {
    const list = this.find(path);
    if (Array.isArray(list)) return list.splice(index, count, ...values.map(bare));
    if (values.length > 0) this.concat(path, values);
    return [];
  }
}

const count = (value: Plain): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, part) => sum + count(part), 1)
    : 1;

const key = fc.constantFrom('a', 'b', '0', '1', '2', '__proto__', 'constructor', '', 'length');
const path = fc.array(key, { minLength: 1, maxLength: 3 });
const value = fc.jsonValue({ maxDepth: 2 });
const index = fc.integer({ min: -4, max: 4 });
const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), path, value }),
  fc.record({ do: fc.constant('concat' as const), path, values: fc.array(value, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('remove' as const), path }),
  fc.record({ do: fc.constant('pop' as const), path }),
  fc.record({
    do: fc.constant('splice' as const),
    path,
    index,
    count: fc.nat(3),
    values: fc.array(value, { maxLength: 2 }),
  }),
  fc.record({ do: fc.constant('removeRange' as const), path, from: index, to: fc.option(index) }),
);

function attempt(deed: () => unknown): unknown {
  try {
    return deed();
  } catch (error) {
    return (error as Error).name;
  }
}

test('KeyTree behaves like plain JSON values that are changed in place', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.array(path), (steps, probes) => {
      const tree = new KeyTree();
      const model = new Model();
      for (const one of steps) {
        const [got, wanted] = ((): [unknown, unknown] => {
          switch (one.do) {
            case 'set':
              return [
                attempt(() => tree.set(one.path, one.value)),
                attempt(() => model.set(one.path, one.value)),
              ];
            case 'concat':
              return [
                attempt(() => tree.concat(one.path, one.values)),
                attempt(() => model.concat(one.path, one.values)),
              ];
            case 'remove':
              return [tree.remove(one.path), model.remove(one.path)];
            case 'pop': {
              const list = model.find(one.path);
              return [tree.pop(one.path), Array.isArray(list) ? list.pop() : undefined];
            }
            case 'splice':
              return [
                attempt(() => tree.splice(one.path, one.index, one.count, one.values)),
                attempt(() => model.splice(one.path, one.index, one.count, one.values)),
              ];
            case 'removeRange': {
              const list = model.find(one.path);
              const to = one.to ?? undefined;
              const removed = Array.isArray(list) ? list.slice(one.from, to) : [];
              if (Array.isArray(list)) list.splice(one.from, removed.length);
              return [tree.removeRange(one.path, one.from, to), removed];
            }
          }
        })();
        expect(JSON.stringify(got)).toBe(JSON.stringify(wanted));
      }
      expect(JSON.stringify(tree.get([]))).toBe(JSON.stringify(model.root));
      expect(tree.entries).toBe(count(model.root) - 1);
      for (const probe of probes) {
        const found = model.find(probe);
        expect(tree.hasKey(probe)).toBe(found !== undefined);
        expect(JSON.stringify(tree.get(probe))).toBe(JSON.stringify(found));
        expect(JSON.stringify(tree.getRange(probe, 1))).toBe(
          JSON.stringify(Array.isArray(found) ? found.slice(1) : []),
        );
        const parts = typeof found === 'object' && found !== null ? Object.keys(found).length : 1;
        expect(tree.count(probe)).toBe(found === undefined ? 0 : parts);
      }
    }),
  );
});

test('KeyTree shares nothing with what it was given and gives', () => {
  const tree = new KeyTree();
  const given = { list: [1] };
  tree.set(['a'], given);
  given.list.push(2);
  (tree.get(['a', 'list']) as number[]).push(3);
  expect(tree.get(['a'])).toEqual({ list: [1] });
});

test('KeyTree refuses what goes beyond its limit and is unchanged then', () => {
  const tree = new KeyTree({ maxEntries: 5 });
  tree.set(['a', 'b'], [1, 2]);
  const full = expect.objectContaining({ code: 'LIMIT_EXCEEDED' });
  expect(() => tree.set(['c', 'd'], 1)).toThrow(full);
  expect(() => tree.concat(['a', 'b'], [3, 4])).toThrow(full);
  expect(() => tree.splice(['a', 'b'], 0, 2, [3, 4])).toThrow(full);
  expect(tree.get([])).toEqual({ a: { b: [1, 2] } });
  tree.remove(['a', 'b']);
  tree.set(['c', 'd'], 1);
  expect(tree.entries).toBe(3);
});

test('KeyTree takes a list of many items at once', () => {
  const tree = new KeyTree();
  tree.set(['list'], [0]);
  tree.concat(
    ['list'],
    Array.from({ length: 300_000 }, (_, item) => item),
  );
  expect(tree.count(['list'])).toBe(300_001);
});

test('KeyTree refuses a value that is nested too deep to be taken apart again', () => {
  const deep = JSON.parse(`${'['.repeat(101)}${']'.repeat(101)}`);
  expect(() => new KeyTree().set(['a'], [deep])).toThrow('Cannot keep a value of more than 100 levels');
});

test('KeyTree removes a key at the full second after its time, and counts it out', () => {
  let now = 1_000_500;
  const tree = new KeyTree({ now: () => now });
  tree.set(['a', 'b'], { c: 1 });
  expect(tree.expire(['a', 'b'], 2)).toBe(true);
  expect(tree.getExpiry(['a', 'b'])).toBe(1_003_000);
  now = 1_002_999;
  expect(tree.get(['a', 'b', 'c'])).toBe(1);
  now = 1_003_000;
  expect(tree.hasKey(['a', 'b', 'c'])).toBe(false);
  expect(tree.get([])).toEqual({ a: {} });
  expect(tree.entries).toBe(1);
});

test('KeyTree keeps the time of a key that is set anew, and forgets that of one that was removed', () => {
  let now = 0;
  const tree = new KeyTree({ now: () => now });
  for (const key of ['kept', 'anew', 'gone', 'saved']) {
    tree.set([key], 1);
    tree.expire([key], 5);
  }
  tree.set(['kept'], 2);
  tree.remove(['anew']);
  tree.set(['anew'], 2);
  expect(tree.unexpire(['saved'])).toBe(true);
  expect(tree.unexpire(['saved'])).toBe(false);
  expect(tree.getExpiry(['anew'])).toBeNull();
  now = 5_000;
  expect(tree.get([])).toEqual({ anew: 2, saved: 1 });
});

test('KeyTree forgets the times inside what is removed or replaced', () => {
  let now = 0;
  const tree = new KeyTree({ now: () => now });
  tree.set(['a', 'b', 'c'], 1);
  tree.expire(['a', 'b', 'c'], 1);
  tree.set(['a'], { b: { c: 2 } });
  tree.set(['x', 'y'], 1);
  tree.expire(['x', 'y'], 1);
  tree.remove(['x']);
  now = 10_000;
  expect(tree.get([])).toEqual({ a: { b: { c: 2 } } });
  expect(tree.entries).toBe(3);
});

test('KeyTree gives no time to items of lists and to what is not there', () => {
  const tree = new KeyTree();
  tree.set(['list'], [1]);
  expect([tree.expire(['list', '0'], 1), tree.expire(['none'], 1), tree.expire([], 1)]).toEqual([
    false,
    false,
    false,
  ]);
});
