/** Valid tokens for handshakes, made here because each measured server has only the secret in common. */
import { createHmac } from 'node:crypto';

/** Long enough for any run, seconds. */
const LIFE = 86_400;

/** Makes the signed token of a user: JWT, HS256. */
export function createToken(user: number, authKey: string): string {
  const issued = Math.floor(Date.now() / 1_000);
  const claims = { username: `user-${user}`, role: 'member', iat: issued, exp: issued + LIFE };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', authKey).update(text).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
