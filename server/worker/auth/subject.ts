/** Names what a revocation is about: one token by its digest, or claims by their names and values. */
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { isPlain, type Payload } from './signer.ts';

/** Claims a token must have to be meant. */
export type Claims = Readonly<Record<string, string | number | boolean>>;

/** Longest subject of a revocation, in UTF-16 units. Brokers take no longer one. */
const MAX_SUBJECT_LENGTH = 1_000;

/** The names and the values of a subject stand on a line each: JSON has no line ends of its own. */
const SEPARATOR = '\n';

/** Stands for a token where the token itself would be too long, or too good to be kept. */
export function digestOf(signed: string): string {
  return createHash('sha256').update(signed).digest('base64url');
}

/** The subject of a revocation of one token: it has no names of claims. */
export function subjectOfToken(digest: string): string {
  return subjectOf([], [digest]);
}

/**
 * The subject of a revocation of all tokens with these claims.
 *
 * @throws TypeError when there is no claim, a value is none that can be compared, or all together are too long.
 */
export function subjectOfClaims(claims: Claims): string {
  const names = isPlain(claims) ? Object.keys(claims).toSorted() : [];
  const values = valuesOf(claims, names);
  const subject = values.every(isComparable) ? subjectOf(names, values) : '';
  if (names.length === 0 || subject === '' || subject.length > MAX_SUBJECT_LENGTH) {
    throw new TypeError(
      `Cannot revoke tokens by ${inspect(claims)}: wanted is a plain object of claims that are texts, finite numbers or booleans, ${MAX_SUBJECT_LENGTH} characters at most`,
    );
  }
  return subject;
}

/** The names of the claims that a subject is about; none when it is about one token. */
export function namesIn(subject: string): readonly string[] {
  return JSON.parse(subject.slice(0, subject.indexOf(SEPARATOR))) as string[];
}

/** The subject by which a payload's claims of these names are revoked; undefined when it lacks one. */
export function subjectOfPayload(payload: Payload, names: readonly string[]): string | undefined {
  const hasAll = names.every((name) => Object.hasOwn(payload, name));
  return hasAll ? subjectOf(names, valuesOf(payload, names)) : undefined;
}

function subjectOf(names: readonly string[], values: readonly unknown[]): string {
  return `${JSON.stringify(names)}${SEPARATOR}${JSON.stringify(values)}`;
}

function valuesOf(payload: Payload, names: readonly string[]): unknown[] {
  return names.map((name) => payload[name]);
}

function isComparable(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
