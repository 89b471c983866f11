/** What ties a client to one worker: its session's id, or the hash of its address. Pure. */
import type { RequestHead } from './head/index.ts';

/** Whoever makes a session's id puts the number of its worker behind the last underline. */
const WORKER_OF_ID = /_(\d{1,4})$/;

/**
 * The worker that made the client's session, read from the cookie `n/<appName>/ssid` or from `ssid` or `sid`
 * in the query; undefined for a new client. The number is the client's claim: it may name no worker at all.
 */
export function sessionWorker({ url, headers }: RequestHead, appName: string): number | undefined {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length));
  const id =
    query.get('ssid') ??
    query.get('sid') ??
    cookieOf(headers.cookie, `n/${encodeURIComponent(appName)}/ssid`);
  const worker = WORKER_OF_ID.exec(id ?? '')?.[1];
  return worker === undefined ? undefined : Number(worker);
}

/** Hash of an address, never negative. The same in every balancer, so that all choose the same worker. */
export function addressHash(address: string): number {
  let hash = 0;
  for (let index = 0; index < address.length; index += 1) {
    hash = ((hash << 5) - hash + address.charCodeAt(index)) | 0;
  }
  return Math.abs(hash);
}

/** The client's address: what a proxy in front of the balancer says, else the other end of the connection. */
export function clientAddress({ headers }: RequestHead, remoteAddress: string): string {
  const forwarded = headers['x-forwarded-for'];
  return forwarded === undefined ? remoteAddress : (String(forwarded).split(',')[0]?.trim() ?? remoteAddress);
}

function cookieOf(cookies: string | undefined, wanted: string): string | undefined {
  for (const cookie of (cookies ?? '').split(';')) {
    const equals = cookie.indexOf('=');
    if (equals !== -1 && cookie.slice(0, equals).trim() === wanted) {
      return cookie.slice(equals + 1).trim();
    }
  }
  return undefined;
}
