/** How the users of a plain loop speak: as little as a program would write that only wants the load. */
import type { TargetAddress } from '../../plan/index.ts';

/** What users can do. They are numbers from 0. */
export interface Speaker {
  /** Connects, subscribes to the channels, and is then told of as opened. */
  connect(user: number, channels: readonly string[]): void;
  ping(user: number): void;
  publish(user: number, channel: string, data: unknown): void;
}

/** What is told of them. */
export interface Heard {
  /** Once more after a connection that was lost. */
  opened(user: number): void;
  pong(): void;
  publication(): void;
}

/** Makes users that do nothing yet. */
export type CreateSpeaker = (target: TargetAddress, heard: Heard) => Speaker;

/** What all of them send, as the load process does. */
export const PING = { message: 'This is a PING message', sentBy: 'virtual user' };

/** What is asked of servers that know nothing but text; a pathological server answers it, too. */
export const QUESTION = '{"event":"ping","cid":1}';
