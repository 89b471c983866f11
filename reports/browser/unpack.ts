/** Reads the columns that a run is written in, in the page and out of it. */
import type { Packed } from './model.ts';

/** Turns columns back into rows. */
export function unpack(packed: Packed): unknown[] {
  const indices = Array.from({ length: packed.count }, (_, index) => index);
  if ('all' in packed) return indices.map(() => packed.all);
  if ('list' in packed) return packed.list;
  if ('items' in packed) {
    const columns = packed.items.map(unpack);
    return indices.map((index) => columns.map((column) => column[index]));
  }
  if ('some' in packed) {
    const rows: unknown[] = indices.map(() => undefined);
    unpack(packed.some).forEach((row, index) => {
      rows[packed.at[index] ?? 0] = row;
    });
    return rows;
  }
  const columns = packed.names.map(([name, column]) => [name, unpack(column)] as const);
  return indices.map((index) =>
    Object.fromEntries(
      columns.flatMap(([name, column]) => (column[index] === undefined ? [] : [[name, column[index]]])),
    ),
  );
}
