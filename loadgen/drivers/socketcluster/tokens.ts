/** Tokens signed by HS256 (RFC 7515), as a server that knows the same key takes them. */
import { createHmac } from 'node:crypto';
import type { ConnectSpec } from '../../plan/index.ts';

/** Signs so many different tokens: the claims, and `user` counted from 0. */
export function signTokens({ key, claims = {}, distinct = 1 }: NonNullable<ConnectSpec['tokens']>): string[] {
  const header = base64({ alg: 'HS256', typ: 'JWT' });
  return Array.from({ length: distinct }, (_, user) => {
    const signed = `${header}.${base64({ user, ...claims })}`;
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  });
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
