/**
 * Middleware by its line: what each function decides on, and what it says with `next`. Data and names are those
 * a client has sent, or any other one: until middleware has looked, nobody knows whether they keep to a contract.
 * Nothing but types.
 */
import type { IncomingMessage } from 'node:http';
import type { Contract, Untyped } from '../protocol/index.ts';
import type { RequestExtras, SCSocket } from './socket.ts';

interface OfSocket<C extends Contract> {
  readonly socket: SCSocket<C>;
}

interface OfToken<C extends Contract> extends OfSocket<C> {
  /** Set when the socket's token has just been taken away for its age. */
  readonly authTokenExpiredError: Error | undefined;
}

/** The request of each line. What is not readonly may be changed. */
export interface MiddlewareRequests<C extends Contract = Untyped> {
  handshakeWS: IncomingMessage & RequestExtras<C>;
  handshakeSC: OfSocket<C>;
  authenticate: OfSocket<C> & {
    readonly authToken: Record<string, unknown>;
    readonly signedAuthToken: string;
  };
  emit: OfToken<C> & { readonly event: string; data: unknown };
  subscribe: OfToken<C> & { readonly channel: string; readonly data: unknown; readonly waitForAuth: boolean };
  publishIn: OfToken<C> & {
    readonly channel: string;
    data: unknown;
    /** Data of the answer to the publication. */
    ackData: unknown;
  };
  publishOut: OfSocket<C> & {
    readonly channel: string;
    data: unknown;
    /** False has this copy encoded anew, which is needed only when something inside `data` was changed. */
    useCache: boolean;
  };
}

/** Name of a line. */
export type Line = keyof MiddlewareRequests;

/** Lets the action pass; blocks it with an error the client is told, or quietly with `true`. */
type Next = (error?: unknown) => void;

/** The lines where a block says more than its error. */
interface SpecialNexts {
  /** `statusCode`: the close code; default 4008. */
  handshakeSC: (error?: unknown, statusCode?: number) => void;
  /** `isBadToken`: the client has to throw its token away. */
  authenticate: (error?: unknown, isBadToken?: boolean) => void;
}

/** One function of a line. What it throws, or rejects with, blocks like an error given to `next`. */
export type Middleware<C extends Contract, L extends Line> = (
  request: MiddlewareRequests<C>[L],
  next: L extends keyof SpecialNexts ? SpecialNexts[L] : Next,
) => unknown;

/** What functions in the manner of 0.9 decide on, as arguments of their own. */
interface Details<C extends Contract> {
  emit: [socket: SCSocket<C>, event: string, data: unknown];
  subscribe: [socket: SCSocket<C>, channel: string];
  publishIn: [socket: SCSocket<C>, channel: string, data: unknown];
}

/** Name of a line that takes functions in the manner of 0.9 too. */
export type OldLine = keyof Details<Untyped>;

/** One function in the manner of 0.9. */
export type OldMiddleware<C extends Contract, L extends OldLine> = (
  ...details: [...details: Details<C>[L], next: Next]
) => unknown;
