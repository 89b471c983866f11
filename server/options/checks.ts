/** Checks of single options that a type and a limit cannot express. */

/** What `host:port` may look like; an IPv6 address stands in brackets. */
const ORIGIN = /^(?:\*|\[[0-9a-f:.]+\]|[^\s:/[\]]+):(?:\*|\d{1,5})$/i;

/** Tells whether each of the given origins can match any; one that cannot would lock its clients out. */
export function areOrigins(value: string | readonly string[]): boolean {
  const origins = typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value;
  return origins.length > 0 && origins.every((origin) => ORIGIN.test(origin));
}

/** What JSON would drop or empty, as the end of a sentence: `"a.b" is a function`. Undefined when there is nothing. */
export function findMisfit(value: unknown, path = '', above: readonly unknown[] = []): string | undefined {
  const kind = kindOfMisfit(value, above);
  if (kind !== undefined) {
    return `"${path}" is ${kind}`;
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return undefined;
  }
  for (const [name, inner] of Object.entries(value)) {
    const misfit = findMisfit(inner, path === '' ? name : `${path}.${name}`, [...above, value]);
    if (misfit !== undefined) {
      return misfit;
    }
  }
  return undefined;
}

function kindOfMisfit(value: unknown, above: readonly unknown[]): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    return `a ${typeof value}`;
  }
  if (value instanceof Map || value instanceof Set) {
    return `a ${value.constructor.name}`;
  }
  return above.includes(value) ? 'what it lies in' : undefined;
}
