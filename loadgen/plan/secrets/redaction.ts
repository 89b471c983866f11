/** Texts that may hold what users bring along when they connect. */
import type { ConnectSpec } from '../scenario.ts';
import { isHarmlessHeader, isSecretName, REDACTED } from './names.ts';
import { redactText } from './text.ts';

/** Shorter ones would be found in any text; behind a name that tells of them they are not shown either way. */
const SHORTEST_FOUND = 4;

/** Makes what takes out of a text what its surroundings show to be secret, and wherever it stands what users bring along. */
export function createRedaction(connect: ConnectSpec): (text: string) => string {
  const secrets = secretsOf(connect);
  return (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), redactText(text));
}

/** As they are, and as they are written in JSON. The longest first: one may be in another. */
function secretsOf({ headers = {}, query = {}, tokens, login }: ConnectSpec): string[] {
  const values = [
    ...Object.entries(headers).flatMap(([name, value]) => (isHarmlessHeader(name) ? [] : wordsOf(value))),
    ...Object.entries(query).flatMap(([name, value]) => (isSecretName(name) ? [value] : [])),
    ...(tokens === undefined ? [] : [tokens.key]),
    ...textsIn(login?.data),
  ];
  const written = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return [...new Set(written)]
    .filter(({ length }) => length >= SHORTEST_FOUND)
    .toSorted((one, other) => other.length - one.length);
}

/** Whole, without the scheme before it, and the password where that scheme only wraps it. */
function wordsOf(header: string): string[] {
  const words = header.replace(/^\w+ +/, '');
  const unwrapped = /^basic /i.test(header)
    ? [
        Buffer.from(words, 'base64')
          .toString()
          .replace(/^[^:]*:/, ''),
      ]
    : [];
  return [header, words, ...unwrapped];
}

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap(textsIn);
}
