/** JSON patches as kustomize takes them. A patch that does not fit what it is for is an error, not a wish. */
import { z } from 'zod';

/** What a patch consists of. */
export const patchSchema = z.array(
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('add'), path: z.string().startsWith('/'), value: z.unknown() }),
    z.strictObject({ op: z.literal('replace'), path: z.string().startsWith('/'), value: z.unknown() }),
    z.strictObject({ op: z.literal('remove'), path: z.string().startsWith('/') }),
  ]),
);

/** Operations in their order. */
export type Patch = z.output<typeof patchSchema>;

/**
 * Returns a document with the patch applied; the one that is given stays as it is.
 *
 * @throws RangeError when a path leads nowhere: of `replace` and `remove` to the place itself, of `add` to what holds it.
 */
export function applyPatch<Document>(document: Document, patch: Patch): Document {
  const patched = structuredClone(document);
  for (const operation of patch) applyOne(patched, operation);
  return patched;
}

function applyOne(document: unknown, operation: Patch[number]): void {
  const keys = operation.path.slice(1).split('/').map(toKey);
  const last = keys.pop() ?? '';
  const holder = keys.reduce(step, document);
  if (Array.isArray(holder)) changeList(holder, last, operation);
  else if (isObject(holder)) changeObject(holder, last, operation);
  else throw lost(operation.path);
}

function changeList(list: unknown[], key: string, operation: Patch[number]): void {
  const index = key === '-' ? list.length : Number(key);
  const isThere = Number.isInteger(index) && index >= 0 && index < list.length;
  const isNext = operation.op === 'add' && index === list.length;
  if (!isThere && !isNext) throw lost(operation.path);
  if (operation.op === 'add') list.splice(index, 0, operation.value);
  else if (operation.op === 'replace') list[index] = operation.value;
  else list.splice(index, 1);
}

function changeObject(object: Record<string, unknown>, key: string, operation: Patch[number]): void {
  if (operation.op !== 'add' && !Object.hasOwn(object, key)) throw lost(operation.path);
  if (operation.op === 'remove') delete object[key];
  else object[key] = operation.value;
}

function step(holder: unknown, key: string): unknown {
  if (Array.isArray(holder)) return holder[Number(key)];
  return isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function toKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function lost(path: string): RangeError {
  return new RangeError(`Cannot patch "${path}": there is no such place`);
}
