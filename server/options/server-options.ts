/** Options of a realtime server by itself: those of a cluster that do not speak of its processes. */
import { z } from 'zod';
import { type Options, type OptionsInput, schema } from './schema.ts';

const names = [
  'ackTimeout',
  'addSessionToHTTPRequest',
  'addressSocketLimit',
  'allowClientPublish',
  'appName',
  'authAlgorithm',
  'authCacheSize',
  'authDefaultExpiry',
  'authKey',
  'authPrivateKey',
  'authPublicKey',
  'authVerifyAlgorithms',
  'batchInterval',
  'batchOnHandshake',
  'batchOnHandshakeDuration',
  'channelNameLimit',
  'drainLimit',
  'drainWindow',
  'handshakeTimeout',
  'maxPayload',
  'middlewareEmitWarnings',
  'middlewareTimeout',
  'origins',
  'outboundHardLimit',
  'outboundSoftLimit',
  'path',
  'perMessageDeflate',
  'pingInterval',
  'pingTimeout',
  'pingTimeoutDisabled',
  'processTermTimeout',
  'protocolVersion',
  'pubSubBatchDuration',
  'sessionTimeout',
  'socketChannelLimit',
  'socketChannelNamesLimit',
  'strictOrder',
  'wsEngine',
  'wsEngineServerOptions',
] as const satisfies readonly (keyof Options)[];

type Name = (typeof names)[number];

/** Options of a realtime server, with every default filled in. */
export type ServerOptions = Pick<Options, Name>;
/** The same as a caller may give them. */
export type ServerOptionsInput = Pick<OptionsInput, Name>;

/** In its caller's own process a server takes functions too, such as `verifyClient`. */
const anything = z.record(z.string(), z.unknown());

const picked = Object.fromEntries(names.map((name) => [name, schema.shape[name]])) as Pick<
  typeof schema.shape,
  Name
>;

/** The table of these options. */
export const serverTable = {
  ...picked,
  perMessageDeflate: z.union([z.boolean(), anything]).default(false),
  wsEngineServerOptions: anything.default({}),
};
