/** One connection to NATS as the rest of this folder sees it. Nothing but types. */

/** Takes the bytes of a message, which stay valid. */
export type Take = (bytes: Buffer) => void;

/** A connection that is up, until `ended` resolves. It does not come back by itself. */
export interface Connection {
  /** Where it goes to. */
  readonly server: string;
  /** Most bytes of one message. */
  readonly maxPayload: number;
  /** Resolves with the reason when the connection has ended. */
  readonly ended: Promise<Error>;
  /** Hands a message over; it leaves with the next write. */
  publish(subject: string, bytes: Uint8Array): void;
  /** Has messages of a subject come. The returned function ends that. */
  subscribe(subject: string, take: Take): () => void;
  /** Resolves when NATS has taken all that was handed over so far. May never settle when the connection ends. */
  confirm(): Promise<void>;
  /** Ends it at once. */
  close(): Promise<void>;
}

/** Makes a connection, and tells what NATS does not permit on it. */
export type Dial = (onRefusal: (problem: Error) => void) => Promise<Connection>;
