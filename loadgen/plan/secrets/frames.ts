/** Frames of a user that may be shown to whoever reads along. */
import type { ConnectSpec } from '../scenario.ts';
import { REDACTED } from './names.ts';
import { createRedaction } from './redaction.ts';

type Direction = 'in' | 'out';

/**
 * Makes what takes secrets out of the frames of one user, in the order in which it says and hears them. A login is
 * known by its event, and the answer to it by the number of its call: neither has a name that tells what is in it.
 */
export function createFrameRedaction(connect: ConnectSpec): (direction: Direction, text: string) => string {
  const { login } = connect;
  const redact = createRedaction(connect);
  const logins = new Set<unknown>();
  const isPrivate = (direction: Direction, packet: Record<string, unknown>): boolean => {
    if (direction === 'in') return logins.delete(packet['rid']);
    if (login === undefined || packet['event'] !== login.event) return false;
    logins.add(packet['cid']);
    return true;
  };
  return (direction, text) => {
    const packet = packetIn(text);
    const isHidden = packet !== undefined && isPrivate(direction, packet) && 'data' in packet;
    return redact(isHidden ? JSON.stringify({ ...packet, data: REDACTED }) : text);
  };
}

function packetIn(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
