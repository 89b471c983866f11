/**
 * Rows as columns: values of one name stand side by side, so that names are written once and likenesses are close
 * enough for the compression to find them.
 */
import type { Packed } from '../browser/index.ts';

/** Turns rows into columns. Only for what JSON can hold. */
export function pack(rows: readonly unknown[]): Packed {
  if (rows.length === 0) return { count: 0, list: [] };
  const present = rows.flatMap((row, index) => (row === undefined ? [] : [index]));
  if (present.length < rows.length) {
    return { count: rows.length, at: present, some: pack(present.map((index) => rows[index])) };
  }
  const [first] = rows;
  // Objects and lists are alike in what they hold, which is seen further down at less cost.
  if (!isObject(first) && rows.every((row) => row === first)) return { count: rows.length, all: first };
  if (rows.every(isObject)) return { count: rows.length, names: packNames(rows) };
  if (isTable(rows)) {
    const width = rows[0]?.length ?? 0;
    const items = Array.from({ length: width }, (_, item) => pack(rows.map((row) => row[item])));
    return { count: rows.length, items };
  }
  return { count: rows.length, list: [...rows] };
}

function packNames(rows: readonly Record<string, unknown>[]): [string, Packed][] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].map((name) => [name, pack(rows.map((row) => row[name]))]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Rows of equally many objects, as the processes of every second are. Numbers are better left beside each other. */
function isTable(rows: readonly unknown[]): rows is readonly unknown[][] {
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  return rows.every((row) => Array.isArray(row) && row.length === width && row.every(isObject)) && width > 0;
}
