/** What one user of a profile does each second, and how many users make a load. */
import type { UserRates } from '../fleet/index.ts';
import { type Profile, USUAL_PING_INTERVAL_MS } from './profile.ts';

const MILLISECONDS = 1_000;

/** Ethernet, IPv4, TCP with timestamps and the header of a WebSocket frame, bytes. */
const HEADERS_BYTES = 14 + 20 + 32 + 6;

/** What SocketCluster's protocol puts around a payload, and around a publication with its channel, bytes. */
const EVENT_BYTES = 32;
const PUBLICATION_BYTES = 64;

/** A heartbeat and its answer, bytes of payload. */
const PING_BYTES = 2;

/**
 * Gives the rates. The load of users who only listen to heartbeats is 0: what carries them is memory, descriptors and
 * connecting, and no search.
 */
export function ratesOf(profile: Profile): UserRates {
  const { behaviour, pingInterval = USUAL_PING_INTERVAL_MS } = profile;
  const load = loadOf(profile, 1);
  const common = {
    load,
    inbound: load,
    pings: (MILLISECONDS / pingInterval) * presentShare(profile),
    connects: connectsPerSecond(profile),
  };
  if (behaviour.kind === 'channels') {
    const bytes = HEADERS_BYTES + PUBLICATION_BYTES + behaviour.payloadBytes;
    return {
      ...common,
      publications: load,
      deliveries: load * behaviour.fanOut,
      fanOut: behaviour.fanOut,
      bytes: { inbound: bytes, delivery: bytes, ping: HEADERS_BYTES + PING_BYTES },
    };
  }
  const payload = behaviour.kind === 'idle' ? 0 : Buffer.byteLength(JSON.stringify(behaviour.payload));
  const bytes = HEADERS_BYTES + EVENT_BYTES + payload;
  return {
    ...common,
    publications: 0,
    deliveries: load,
    fanOut: 0,
    bytes: { inbound: bytes, delivery: bytes, ping: HEADERS_BYTES + PING_BYTES },
  };
}

/** Gives the messages a second that so many users send, those who are away among them. */
export function loadOf(profile: Profile, users: number): number {
  const { behaviour } = profile;
  return behaviour.kind === 'idle' ? 0 : (users * presentShare(profile)) / behaviour.every;
}

/** Gives the users who make a load, a whole number of 1 or more. */
export function usersOf(profile: Profile, load: number): number {
  const each = loadOf(profile, 1);
  return each === 0 ? 1 : Math.max(1, Math.round(load / each));
}

function presentShare({ churn }: Profile): number {
  return churn === undefined ? 1 : churn.stays / (churn.stays + churn.away);
}

function connectsPerSecond({ churn }: Profile): number {
  return churn === undefined ? 0 : 1 / (churn.stays + churn.away);
}
