/** Counters by name that only ever grow. Plain fields: counting one message is one addition. */
export type Counters<Name extends string> = Record<Name, number>;

/** Makes counters of these names, all 0. */
export function createCounters<Name extends string>(...names: Name[]): Counters<Name> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Counters<Name>;
}
