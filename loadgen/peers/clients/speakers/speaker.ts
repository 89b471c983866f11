/** How the users of a plain loop speak: as little as a program would write that only wants the load. */
import type { Publication } from '../../../drivers/index.ts';
import type { Share } from '../../../plan/index.ts';

/** What users can do. They are numbers from 0. */
export interface Speaker {
  /** Connects, subscribes to the channels, and is then told of as opened. */
  connect(user: number, channels: readonly number[]): void;
  ping(user: number): void;
  publish(user: number, publication: Publication): void;
}

/** What is told of them. */
export interface Heard {
  /** Once more after a connection that was lost. */
  opened(user: number): void;
  pong(): void;
  publication(): void;
}

/** Makes users that do nothing yet. */
export type CreateSpeaker = (share: Share, heard: Heard) => Speaker;

/** What all of them send, as the load process does. */
export const PING = { message: 'This is a PING message', sentBy: 'virtual user' };

/** What is asked of servers that know nothing but text; a pathological server answers it, too. */
export const QUESTION = '{"event":"ping","cid":1}';

/** Drawn once, so that a publication weighs what ours do. */
const FILLER = 'x'.repeat(64);
const MS_PER_SECOND = 1_000;

/** What a publication brings, as the load process has it. */
export function dataOf({ publisher, sequence, intended }: Publication): object {
  return { p: publisher, n: sequence, t: Math.round(intended * MS_PER_SECOND), f: FILLER };
}
