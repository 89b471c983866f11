/** Spoils data in every way there is. Never imported by anything but tests. */

/** Ways to all that is in a value, as the keys on the way; a `plan` is left out, which may be anything. */
export function waysInto(value: unknown, above: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || above.at(-1) === 'plan') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const way = [...above, key];
    return [way, ...waysInto(inner, way)];
  });
}

/** A copy that has something else at the end of a way; `undefined` takes away what is there. */
export function changed<Value>(value: Value, way: readonly string[], to: unknown): Value {
  const copy = structuredClone(value);
  const holder = way.slice(0, -1).reduce((inner: unknown, key) => Reflect.get(inner as object, key), copy);
  const key = way.at(-1) ?? '';
  if (to !== undefined) Reflect.set(holder as object, key, to);
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder as object, key);
  return copy;
}
