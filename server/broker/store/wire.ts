/**
 * How requests and notices look on a link. A request's operation and a notice's topic travel in the frame's
 * channel; payloads are JSON, except the message of a notice, which nobody on the way looks at.
 */
import { ClusterError, type ErrorCode } from '../../errors/index.ts';
import { type Revocation, readRevocations } from './revocations/index.ts';
import type { NoticeKind } from './store.ts';

/** The payload of a request. */
export function encodeRequest(target: unknown, values: readonly unknown[]): Uint8Array {
  return Buffer.from(JSON.stringify([target, ...values]));
}

/**
 * Takes the payload of a request and returns that of the answer, at most `maxBytes` long. What is thrown on
 * the way becomes the answer: a request must not end a broker.
 */
export function answer(
  payload: Buffer,
  maxBytes: number,
  take: (target: unknown, values: unknown[]) => unknown,
): Buffer {
  try {
    const [target, ...values] = JSON.parse(payload.toString()) as unknown[];
    const bytes = Buffer.from(JSON.stringify({ value: take(target, values) }));
    if (bytes.length > maxBytes) {
      throw new RangeError(`Cannot answer with ${bytes.length} bytes: the most is ${maxBytes}`);
    }
    return bytes;
  } catch (error) {
    return Buffer.from(JSON.stringify({ error: describe(error) }));
  }
}

/** Returns the value in an answer, or throws the error in it. */
export function readAnswer(text: string): unknown {
  const { value, error } = JSON.parse(text) as { value?: unknown; error?: Described };
  if (error !== undefined) {
    throw revive(error);
  }
  return value;
}

/** The topic of a notice. */
export function topicOf(kind: NoticeKind, session: string): string {
  return `${kind}:${session}`;
}

/** Kind and session of a notice. */
export function readTopic(topic: string): [kind: NoticeKind, session: string] {
  const colon = topic.indexOf(':');
  return [topic.slice(0, colon) as NoticeKind, topic.slice(colon + 1)];
}

/** The topic of a notice that brings revocations: no kind of notice about sessions is called so. */
export const REVOKED = 'revoked:';

/** Revocations that go into one frame; a million bytes at most. */
const REVOCATIONS_A_FRAME = 1_000;

/** Revocations in parts that fit into a frame each. */
export function inParts(revocations: readonly Revocation[]): (readonly Revocation[])[] {
  const count = Math.ceil(revocations.length / REVOCATIONS_A_FRAME);
  return Array.from({ length: count }, (_, part) =>
    revocations.slice(part * REVOCATIONS_A_FRAME, (part + 1) * REVOCATIONS_A_FRAME),
  );
}

/** The message of a notice that brings revocations. */
export function encodeRevocations(revocations: readonly Revocation[]): Uint8Array {
  return Buffer.from(JSON.stringify(revocations));
}

/** Reads what `encodeRevocations` made. */
export function decodeRevocations(message: Uint8Array): Revocation[] {
  return readRevocations(JSON.parse(Buffer.from(message).toString()));
}

interface Described {
  name: string;
  message: string;
  code?: ErrorCode;
}

function describe(error: unknown): Described {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, ...(error instanceof ClusterError ? { code: error.code } : {}) };
}

function revive({ name, message, code }: Described): Error {
  if (code !== undefined) {
    return new ClusterError(message, { code });
  }
  return name === 'TypeError' ? new TypeError(message) : new RangeError(message);
}
