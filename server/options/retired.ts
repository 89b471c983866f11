/** Options of SocketCluster that are no longer there: why, and what to do instead. */

interface Retired {
  /** The end of a sentence that says why. `server/options/README.md` prints it. */
  why: string;
  /** Tells a value that asks for what is so anyway; it is taken with a warning. Default: none does. */
  isHarmless?(value: unknown): boolean;
}

const oneOf =
  (...harmless: readonly unknown[]) =>
  (value: unknown): boolean =>
    harmless.includes(value);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const includesWebSocket = (value: unknown): boolean => Array.isArray(value) && value.includes('websocket');

const NATS = 'hosts are joined through NATS, which has no such thing; see cluster';
const NO_POLLING = 'only WebSocket is spoken, so nothing polls and nothing is upgraded from polling';
const INSPECTOR = 'SIGUSR1 to any process opens its inspector';

/** The retired options by name. */
export const retired: ReadonlyMap<string, Retired> = new Map<string, Retired>([
  ['transports', { why: 'only WebSocket is spoken', isHarmless: includesWebSocket }],
  ['pollingDuration', { why: NO_POLLING }],
  ['socketUpgradeTimeout', { why: NO_POLLING }],
  ['clusterEngine', { why: 'the brokers are built in', isHarmless: oneOf('iocluster', 'sc-broker-cluster') }],
  ['brokerEngine', { why: 'the brokers are built in', isHarmless: oneOf('iocluster', 'sc-broker-cluster') }],
  [
    'workerClusterController',
    { why: 'no process stands between master and workers; listen to the events of the cluster itself' },
  ],
  ['sessionHeartRate', { why: 'a session knows its sockets and needs no heartbeat; see sessionTimeout' }],
  [
    'socketEventLimit',
    { why: 'clients leave no listeners on the server; socketChannelLimit bounds what they subscribe to' },
  ],
  [
    'matchOriginProtocol',
    { why: 'origins are told apart by host and port, not by protocol', isHarmless: oneOf(false) },
  ],
  [
    'strictHandshake',
    {
      why: 'the first message of a client is its #handshake, always; what follows at once waits for its end',
      isHarmless: oneOf(true),
    },
  ],
  ['codecEngine', { why: 'it is code, not a value: call worker.setCodecEngine(engine) in run' }],
  ['authSignAsync', { why: 'tokens are signed at once, without a callback', isHarmless: isBoolean }],
  ['authVerifyAsync', { why: 'tokens are checked at once, without a callback', isHarmless: isBoolean }],
  ['killMasterOnSignal', { why: 'SIGTERM to the master ends the cluster', isHarmless: oneOf(false) }],
  ['forceKillTimeout', { why: 'a process that has not ended within processTermTimeout is killed' }],
  [
    'forceKillSignal',
    { why: 'a process that has not ended in time is killed by SIGKILL', isHarmless: oneOf('SIGKILL') },
  ],
  ['defaultWorkerDebugPort', { why: INSPECTOR }],
  ['defaultBrokerDebugPort', { why: INSPECTOR }],
  ['clusterStateServerHost', { why: NATS }],
  ['clusterStateServerPort', { why: NATS }],
  ['clusterStateServerConnectTimeout', { why: NATS }],
  ['clusterStateServerAckTimeout', { why: NATS }],
  ['clusterStateServerReconnectRandomness', { why: NATS }],
  ['clusterMappingEngine', { why: NATS }],
  ['clusterClientPoolSize', { why: NATS }],
  ['clusterAuthKey', { why: NATS }],
  ['clusterInstanceIp', { why: NATS }],
  ['clusterInstanceIpFamily', { why: NATS }],
]);

/** Options that are there, and took other values once; those are taken with a warning, and the default stands. */
const formerValues: ReadonlyMap<string, Required<Retired>> = new Map([
  [
    'wsEngine',
    { why: 'it is of another engine, and lean does its work', isHarmless: oneOf('sc-uws', 'uws') },
  ],
]);

/** Options without the retired ones, and a sentence about each of these: a problem, or a warning where it is harmless. */
export function dropRetired(options: Record<string, unknown>): {
  options: Record<string, unknown>;
  problems: string[];
  warnings: string[];
} {
  const kept: [string, unknown][] = [];
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(options)) {
    const entry = retired.get(name) ?? formerValues.get(name);
    if (entry?.isHarmless?.(value) === true) {
      warnings.push(`${describe(name, value)} has no effect: ${entry.why}`);
    } else if (!retired.has(name)) {
      kept.push([name, value]);
    } else if (value !== undefined) {
      problems.push(`Cannot use option "${name}": ${entry?.why}`);
    }
  }
  return { options: Object.fromEntries(kept), problems, warnings };
}

function describe(name: string, value: unknown): string {
  return formerValues.has(name) ? `Value "${String(value)}" of option "${name}"` : `Option "${name}"`;
}
