/** A session's id, and the cookie by which a browser shows it. */
import { randomFillSync } from 'node:crypto';

/** 128 random bits as hexadecimal digits, and the worker that made it: balancers send the session back there. */
const ID = /^[0-9a-f]{32}_\d{1,3}$/;

const ID_BYTES = 16;

/** Randomness for so many ids is taken at a time: a call for each would cost more than all the rest. */
const IDS_A_POOL = 64;

const pool = Buffer.alloc(ID_BYTES * IDS_A_POOL);
let used = pool.length;

/** Makes an id nobody can guess. */
export function makeSessionId(workerId: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  // Joined into one piece: a template would keep its pieces for as long as the id.
  return [pool.toString('hex', used - ID_BYTES, used), workerId].join('_');
}

/** The name of an application's cookie. Not a token as HTTP wants it, but browsers and older clients know it. */
export function cookieName(appName: string): string {
  return `n/${encodeURIComponent(appName)}/ssid`;
}

/** Reads the first well-formed id out of a `Cookie` header; undefined when there is none. */
export function readSessionId(header: string | undefined, name: string): string | undefined {
  if (header === undefined || !header.includes(`${name}=`)) {
    return undefined;
  }
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
    .find((id) => ID.test(id));
}

/** The value of the `Set-Cookie` header that gives a browser its id. */
export function writeSessionId(id: string, name: string, isSecure: boolean): string {
  return `${name}=${id}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
