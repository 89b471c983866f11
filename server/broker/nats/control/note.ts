/** What brokers of different hosts say to each other besides publications, as JSON. */
import { type Revocation, readRevocations } from '../../store/index.ts';

/** Every note names its sender: the id of a broker process. */
export type Note = { from: string } & (
  | { kind: 'bye' }
  | { kind: 'hello' }
  | { kind: 'recall' }
  /** Revocations. The answer is `taken` with the same call, unless there is none. */
  | { kind: 'revoke'; revocations: readonly Revocation[]; call?: number }
  | { kind: 'taken'; call: number }
  /** An answer to `recall`, or a part of it: hosts answer by one broker with what they know, by the others with nothing. */
  | { kind: 'recalled'; revocations: readonly Revocation[] }
);

const SENDER = /^[0-9a-f]{24}$/;
const plain: ReadonlySet<unknown> = new Set(['bye', 'hello', 'recall']);

export function writeNote(note: Note): Uint8Array {
  return Buffer.from(JSON.stringify(note));
}

/** @throws TypeError or SyntaxError when the bytes are no note. */
export function readNote(bytes: Buffer): Note {
  const value: unknown = JSON.parse(bytes.toString());
  const { kind, from, call, revocations } = (value ?? {}) as Record<string, unknown>;
  if (typeof from !== 'string' || !SENDER.test(from)) {
    throw new TypeError('Cannot read a note: it has no sender');
  }
  if (plain.has(kind)) {
    return { kind: kind as 'hello', from };
  }
  if (kind === 'taken' && isCall(call)) {
    return { kind, from, call };
  }
  if (kind === 'recalled') {
    return { kind, from, revocations: readRevocations(revocations) };
  }
  if (kind === 'revoke' && (call === undefined || isCall(call))) {
    const note = { kind, from, revocations: readRevocations(revocations) } as const;
    return call === undefined ? note : { ...note, call };
  }
  throw new TypeError('Cannot read a note: there is no such kind');
}

/** Revocations that go into one note: 100,000 bytes where subjects are short, and 700,000 at most. */
const REVOCATIONS_A_NOTE = 100;

/** Revocations in parts that fit into a note each; one empty part when there are none. */
export function inNotes(revocations: readonly Revocation[]): (readonly Revocation[])[] {
  const count = Math.max(1, Math.ceil(revocations.length / REVOCATIONS_A_NOTE));
  return Array.from({ length: count }, (_, part) =>
    revocations.slice(part * REVOCATIONS_A_NOTE, (part + 1) * REVOCATIONS_A_NOTE),
  );
}

function isCall(call: unknown): call is number {
  return Number.isSafeInteger(call);
}
