/** Prices that are asked for elsewhere: other regions, other days, or what was agreed upon. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ClusterError, suggest } from '../../../server/errors/index.ts';
import { readColumns } from './columns.ts';
import type { Instance, Snapshot } from './instance.ts';

/** Names in a file of prices. */
const COLUMNS = ['type', 'price'] as const;

/** What a file says of one type, before it is checked. */
interface Entry {
  /** Where it stands, for messages. */
  where: string;
  type: unknown;
  price: unknown;
}

const jsonSchema = z.array(z.record(z.string(), z.unknown()));

/**
 * Reads a file of prices and puts them in place of those of the snapshot; types it does not name keep theirs.
 * @throws ClusterError `OPTION_INVALID` when there is no such file, and for the reasons of `withPrices`.
 */
export function withPricesOf(path: string, snapshot: Snapshot): Snapshot {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ClusterError(`Cannot read prices "${path}": wanted a file of comma-separated text or JSON`, {
      code: 'OPTION_INVALID',
      cause,
    });
  }
  return withPrices(snapshot, { text, name: path });
}

/**
 * Puts prices in place of those of the snapshot. The text is comma-separated, or a JSON array of objects, with `type`
 * and `price`, US dollars an hour; other columns are passed over.
 * @throws ClusterError `OPTION_INVALID` with a sentence for each thing that is wrong: a column that is missing, a price
 * that is no number above 0, a type that nobody knows, a type that stands twice.
 */
export function withPrices(snapshot: Snapshot, file: { text: string; name: string }): Snapshot {
  const entries = readEntries(file);
  const known = snapshot.instances.map(({ type }) => type);
  const prices = new Map<string, number>();
  const problems = entries.flatMap(({ where, type, price }) => {
    const problem =
      problemOf(type, price, known) ?? (prices.has(String(type)) ? `"${type}" stands twice` : undefined);
    if (problem !== undefined) return [`Cannot read ${where} of prices "${file.name}": ${problem}`];
    prices.set(String(type), Number(price));
    return [];
  });
  if (entries.length === 0) problems.push(`Cannot read prices "${file.name}": it names no type`);
  if (problems.length > 0) throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  return {
    ...snapshot,
    source: `${snapshot.source}; those of ${prices.size} types: ${file.name}`,
    instances: snapshot.instances.map((instance) => priced(instance, prices.get(instance.type))),
  };
}

/**
 * Multiplies all prices: 0.6 for a savings plan that takes off 40 %, or the share that spot instances cost.
 * @throws ClusterError `OPTION_INVALID` when the factor is not above 0.
 */
export function multiplyPrices(snapshot: Snapshot, factor: number): Snapshot {
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new ClusterError(
      `Cannot multiply prices by "${factor}": wanted a number above 0, such as 0.6 for 40 % off`,
      { code: 'OPTION_INVALID' },
    );
  }
  const instances = snapshot.instances.map((instance) => ({ ...instance, hourly: instance.hourly * factor }));
  return { ...snapshot, source: `${snapshot.source}; all times ${factor}`, instances };
}

function priced(instance: Instance, hourly: number | undefined): Instance {
  return hourly === undefined ? instance : { ...instance, hourly, pricedBy: 'file' };
}

function problemOf(type: unknown, price: unknown, known: readonly string[]): string | undefined {
  if (typeof type !== 'string' || !known.includes(type)) {
    return `"${type}" is no type that is known${suggest(String(type), known)}`;
  }
  const isNumber = typeof price === 'number' || (typeof price === 'string' && price !== '');
  if (isNumber && Number(price) > 0 && Number.isFinite(Number(price))) return undefined;
  return `the price of "${type}" is ${JSON.stringify(price)}, wanted US dollars an hour, a number above 0`;
}

function readEntries({ text, name }: { text: string; name: string }): Entry[] {
  if (/^\s*[[{]/.test(text)) return readJson(text, name);
  const { names, lines } = readColumns(text);
  refuseMissing(names, name);
  return lines.map(({ number, cells }) => ({
    where: `line ${number}`,
    type: cells['type'],
    price: cells['price'],
  }));
}

function readJson(text: string, name: string): Entry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ClusterError(`Cannot read prices "${name}": it is not JSON`, { code: 'OPTION_INVALID', cause });
  }
  const entries = jsonSchema.safeParse(value);
  if (!entries.success) {
    throw new ClusterError(`Cannot read prices "${name}": wanted an array of objects with type and price`, {
      code: 'OPTION_INVALID',
      cause: entries.error,
    });
  }
  for (const entry of entries.data) refuseMissing(Object.keys(entry), name);
  return entries.data.map(({ type, price }, index) => ({ where: `entry ${index + 1}`, type, price }));
}

function refuseMissing(names: readonly string[], file: string): void {
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length === 0) return;
  throw new ClusterError(
    `Cannot read prices "${file}": there is no column "${missing.join('" and no column "')}", wanted type and price`,
    { code: 'OPTION_INVALID' },
  );
}
