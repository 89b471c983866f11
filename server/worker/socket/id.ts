import { randomBytes } from 'node:crypto';

const RANDOM_BYTES = 12;
const SEQUENCE_BYTES = 3;

/** Makes the id of a socket: 12 random bytes and a number, as 20 characters of URL-safe base64. */
export function makeId(sequence: number): string {
  const bytes = randomBytes(RANDOM_BYTES + SEQUENCE_BYTES);
  bytes.writeUIntBE(sequence % 2 ** (8 * SEQUENCE_BYTES), RANDOM_BYTES, SEQUENCE_BYTES);
  return bytes.toString('base64url');
}
