/**
 * The options of a cluster: one table. Each entry gives type, limits, default and the sentence that
 * `server/README.md` prints. Names and defaults are SocketCluster 14's unless the sentence says why not.
 */
import { z } from 'zod';
import type { FormerOptions } from './aliases.ts';
import { areOrigins, findMisfit } from './checks.ts';
import { clusterOption, hostName } from './cluster/index.ts';

/** Longest time a timer of Node can wait, milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;
const DAY_MS = 86_400_000;
const KIB = 1024;
const GIB = KIB ** 3;

const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const count = (least: number) => whole(least, 1_000);
const milliseconds = (least = 1) => z.number().int().min(least).max(MAX_DELAY_MS);
const bytes = (least: number) => z.number().int().min(least).max(GIB);
const port = z.number().int().min(0).max(65_535);
const file = z.string().min(1);
const algorithm = z.enum([
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
]);

/** An object that goes to other processes as JSON. */
const values = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  const misfit = findMisfit(value);
  if (misfit !== undefined) {
    context.addIssue({ code: 'custom', message: `an object that goes into JSON, where ${misfit}` });
  }
});
const origins = z.union([z.string(), z.array(z.string())]).refine(areOrigins, {
  message: 'host:port, host:* or *:port, one or several',
});

/** Every option of a cluster. */
export const schema = z.strictObject({
  port: port.default(8000).describe('Public port; 0 takes any free one'),
  host: z.string().min(1).optional().describe('Address to listen on; all addresses when absent'),
  path: z.string().startsWith('/').default('/socketcluster/').describe('Path of the WebSocket'),
  workers: count(1).default(1).describe('Worker processes'),
  brokers: count(1).default(1).describe('Broker processes'),
  balancers: count(0).default(0).describe('Balancer processes; 0: workers own the public port'),
  workerController: file.describe('File with run(worker), the application; CommonJS or ESM'),
  balancerController: file.optional().describe('File with run(loadBalancer), which adds middleware'),
  brokerController: file
    .optional()
    .describe('File with run(broker), for what each broker process does besides'),
  useSmartBalancing: z
    .boolean()
    .default(true)
    .describe('Balancers choose by session and load; false: by the hash of the address'),
  protocol: z
    .enum(['http', 'https'])
    .default('http')
    .describe('https: TLS ends in the balancers, or in the workers'),
  protocolOptions: values
    .default({})
    .describe("Options of Node's HTTPS server: key, cert, passphrase …; values only"),
  appName: z.string().min(1).default('socketcluster').describe('Name of the application in logs'),
  instanceId: z.string().min(1).optional().describe('Name of this cluster among others; random when absent'),
  environment: z
    .enum(['dev', 'prod'])
    .default('prod')
    .describe('dev: a process has at most a second to drain, so that restarts are quick'),
  hostName: hostName
    .optional()
    .describe('Name of this host among others; absent: with cluster that of the machine, else none'),
  cluster: clusterOption
    .optional()
    .describe('Other hosts to share channels with, through NATS: server/broker/nats/README.md'),
  downgradeToUser: z
    .union([z.literal(false), z.string().min(1), z.number().int().min(0)])
    .default(false)
    .describe('User whom all processes but the master become; the master must be root then'),
  socketRoot: file
    .optional()
    .describe(
      "Folder for the unix sockets' folder, made where there is none; absent: the system's for temporary files",
    ),
  secretKey: z
    .string()
    .min(1)
    .optional()
    .describe('What workers show to brokers; random for each start when absent'),
  schedulingPolicy: z
    .enum(['rr', 'none'])
    .default('rr')
    .describe('rr: the master deals connections out evenly; none: workers share the listening handle'),
  tcpSynBacklog: whole(1, 65_535).default(4096).describe('Connections that may wait for accept'),
  wsEngine: z
    .enum(['ws', 'lean'])
    .default('lean')
    .describe(
      'WebSocket implementation; lean reads and writes common frames by itself, and leaves the rest to ws',
    ),
  wsEngineServerOptions: values
    .default({})
    .describe("Further options of the engine's own server, such as skipUTF8Validation"),
  perMessageDeflate: z
    .union([z.boolean(), values])
    .default(false)
    .describe("Accept compression when a client offers it; or the engine's settings of it"),
  protocolVersion: z
    .union([z.literal(1), z.literal(2), z.literal('auto')])
    .default('auto')
    .describe('Ping protocol; auto finds out which one each client speaks'),
  pingInterval: milliseconds(100).default(8_000).describe('Pause between pings, ms'),
  pingTimeout: milliseconds(100).default(20_000).describe('Silence after which a client is gone, ms'),
  pingTimeoutDisabled: z.boolean().default(false).describe('Keep clients however long they are silent'),
  handshakeTimeout: milliseconds(100).default(10_000).describe('Time for the #handshake, ms'),
  ackTimeout: milliseconds().default(10_000).describe('Time for the answer to a call, ms'),
  pubSubBatchDuration: milliseconds(0)
    .optional()
    .describe(
      'Time that publications wait to leave as one array, ms, where a client asked for it; absent: none do',
    ),
  batchInterval: milliseconds().default(50).describe('Time that packets wait under startBatching(), ms'),
  batchOnHandshake: z
    .boolean()
    .default(false)
    .describe('Packets after the handshake leave in arrays; only where all clients take arrays'),
  batchOnHandshakeDuration: milliseconds().default(400).describe('How long they do, ms'),
  ipcAckTimeout: milliseconds()
    .default(10_000)
    .describe('Time for the answer to a message between the master and another process, ms'),
  maxPayload: bytes(128)
    .default(256 * KIB)
    .describe('Most bytes of one message; ws alone would allow 100 MiB'),
  outboundSoftLimit: bytes(KIB)
    .default(256 * KIB)
    .describe('Bytes waiting for one client from which on its pings overtake its data'),
  outboundHardLimit: bytes(KIB)
    .default(1024 * KIB)
    .describe('Bytes waiting for one client at which it is closed with 4100'),
  socketChannelLimit: whole(1, 1_000_000).default(1_000).describe('Channels one socket may subscribe to'),
  channelNameLimit: whole(1, 21_845).default(16_384).describe('Characters of the longest channel name'),
  socketChannelNamesLimit: bytes(1)
    .default(256 * KIB)
    .describe("Characters that the names of one socket's channels may have together"),
  strictOrder: z
    .boolean()
    .default(true)
    .describe('What a client sends waits for the asynchronous listeners of what it sent before'),
  addressSocketLimit: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Sockets that one address may have at each worker, 429 for more; 0: any number'),
  allowClientPublish: z
    .boolean()
    .default(true)
    .describe('Clients may publish; false leaves it to the server'),
  origins: origins.default('*:*').describe('Origins that may connect: host:port, host:*, *:port'),
  authKey: z.string().min(1).optional().describe('Secret of the tokens; random for each start when absent'),
  authPrivateKey: z.string().optional().describe('Key that signs tokens, PEM'),
  authPublicKey: z.string().optional().describe('Key that checks tokens, PEM'),
  authAlgorithm: algorithm.optional().describe('Algorithm of the tokens; HS256, or RS256 with a key pair'),
  authVerifyAlgorithms: z
    .array(algorithm)
    .min(1)
    .optional()
    .describe('Algorithms of the tokens that are accepted; authAlgorithm alone when absent'),
  authDefaultExpiry: z.number().int().min(1).default(86_400).describe('Life of a token, seconds'),
  authCacheSize: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(10_000)
    .describe('Tokens a worker remembers as good, so that it need not check them again'),
  sessionTimeout: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_200)
    .describe('Seconds after the last socket of a session left until it ends, with its data'),
  addSessionToHTTPRequest: z
    .boolean()
    .default(true)
    .describe('Requests of the req event have a session, and browsers get its cookie'),
  middlewareTimeout: milliseconds()
    .default(10_000)
    .describe('Time a middleware function has to call next, ms; later counts as a block'),
  middlewareEmitWarnings: z.boolean().default(true).describe('The server raises a warning for each block'),
  crashWorkerOnError: z
    .boolean()
    .default(true)
    .describe('An error nobody catches ends its worker; false: it is logged, and the worker goes on'),
  rebootWorkerOnCrash: z.boolean().default(true).describe('Start a crashed worker again'),
  rebootOnSignal: z.boolean().default(true).describe('SIGUSR2 to the master replaces the workers'),
  killWorkerMemoryThreshold: z
    .number()
    .int()
    .min(64 * KIB * KIB)
    .optional()
    .describe(
      'Memory of a worker (RSS, bytes) above which it is drained and replaced; an idle one needs 60 MB',
    ),
  workerStatusInterval: milliseconds(100)
    .default(10_000)
    .describe('Pause between two looks at the memory of workers, and span of their figures per minute, ms'),
  propagateErrors: z.boolean().default(true).describe("Errors of all processes reach the master's log"),
  propagateWarnings: z.boolean().default(true).describe("Warnings of all processes reach the master's log"),
  brokerConnectRetryErrorThreshold: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'Failed attempts in a row to reach a broker at which a worker raises an error, not only a warning',
    ),
  processTermTimeout: milliseconds()
    .default(10_000)
    .describe(
      'Time a process has to end, ms; what sending clients away takes beyond half of it comes on top',
    ),
  drainWindow: whole(1, DAY_MS)
    .optional()
    .describe('Time over which clients are sent away evenly, ms; absent: half of processTermTimeout'),
  drainLimit: whole(1, 1_000_000)
    .optional()
    .describe('Clients a second that are sent away at most, by all workers together, if it takes longer'),
  adminPort: port.default(0).describe('Port of the admin endpoint; 0 takes any free one'),
  adminHost: z.string().min(1).default('127.0.0.1').describe('Address of the admin endpoint; it trusts all'),
  logLevel: z.number().int().min(0).max(3).default(2).describe('0 nothing, 1 errors, 2 warnings too, 3 all'),
});

/** Options as a caller may give them. */
export type OptionsInput = z.input<typeof schema> & FormerOptions;
/** Options with every default filled in. */
export type Options = z.output<typeof schema>;
