export { asError } from './as-error.ts';
export { nearest, suggest } from './nearest.ts';
export { shielded, throwLater } from './throw-later.ts';
export { wantFunction, wantText } from './wanted.ts';

/**
 * The catalogue of what can go wrong outside a client's own request: each code with the exit code a
 * command ends with, what it means and what helps. `catalogue` is data, so that documents and tests
 * can be checked against it.
 */
export const catalogue = {
  AGENT_LOST: {
    exit: 114,
    meaning: 'A load process, or the agent that ran it, was lost before the run ended',
    remedy: 'See the last words in the report; the run measured a smaller test than planned',
  },
  AGENT_UNFIT: {
    exit: 104,
    meaning: 'An agent that answers cannot be used for the run',
    remedy: 'The message names each agent and what is wanted of it; the agent says the same on its host',
  },
  BROKER_UNREACHABLE: {
    exit: 1,
    meaning: 'A worker has no link to a broker',
    remedy: 'Wait for the master to start the broker again, or look at its last words',
  },
  BUILD_FAILED: {
    exit: 104,
    meaning: 'A build that is to be compared cannot be made',
    remedy: 'The last words of git, npm or the build script are in the message',
  },
  BUS_UNREACHABLE: {
    exit: 104,
    meaning: 'NATS, over which agents and coordinators reach each other, does not let this process in',
    remedy: 'See that nats-server runs there, and that URL, credentials and certificates are right',
  },
  CLUSTER_UNREACHABLE: {
    exit: 104,
    meaning: 'NATS, which joins hosts, cannot be reached or does not let this one in',
    remedy: 'The message names server and reason: see address, credentials and tls of option cluster',
  },
  CONTROLLER_INVALID: {
    exit: 104,
    meaning: 'The controller file cannot be loaded or has no run(worker)',
    remedy: 'Export a function named run, CommonJS or ESM',
  },
  LIMIT_EXCEEDED: {
    exit: 104,
    meaning: 'This host cannot carry what was asked',
    remedy: 'Ask for less, for more processes, or raise the limit named in the message',
  },
  MEASUREMENT_FAILED: {
    exit: 112,
    meaning: 'A gate cannot go on: a server did not start or ended, or its load failed',
    remedy: 'The message names what failed; run it again. Whole blocks are kept',
  },
  MESSAGE_UNANSWERED: {
    exit: 1,
    meaning: 'A message between the master and another process was not delivered or not answered',
    remedy: 'See that the process runs, listens and answers within ipcAckTimeout',
  },
  OPTION_INVALID: {
    exit: 104,
    meaning: 'An option has a value it cannot have',
    remedy: 'The message names the option, its value and what is wanted',
  },
  PEERS_MISSING: {
    exit: 104,
    meaning: 'The packages of the other servers cannot be installed',
    remedy: 'Let npm reach its registry, or name subjects that need none: --subjects ours',
  },
  PORT_IN_USE: {
    exit: 104,
    meaning: 'Another process listens on the port',
    remedy: 'End that process or choose another port',
  },
  PROCESS_FAILED: {
    exit: 1,
    meaning: 'A child process could not start or ended unforeseen',
    remedy: 'Its last words are in the message',
  },
  RECORD_INVALID: { exit: 104, meaning: 'A run record cannot be read', remedy: 'The message names the line' },
  RESULTS_UNWRITTEN: {
    exit: 112,
    meaning: 'What was measured cannot be written down: the disk is full, or it failed',
    remedy: 'Make room, or name another place with --out; what could be written is kept',
  },
  RUNS_DIFFER: {
    exit: 104,
    meaning: 'Runs of different loads, or on different hosts, are not held against each other',
    remedy: 'The message names what differs: run both alike',
  },
  RUN_INTERRUPTED: {
    exit: 105,
    meaning: 'A signal ended the run; what was measured is kept',
    remedy: 'Run it again without interrupting',
  },
  RUN_INVALID: {
    exit: 112,
    meaning: 'The generator or the host spoilt a run, so it says nothing about the target',
    remedy: 'Run it again; its report names what spoilt it',
  },
  SCENARIO_UNKNOWN: {
    exit: 104,
    meaning: 'There is no scenario of that name',
    remedy: 'scbench list names them all',
  },
  TARGET_UNREACHABLE: {
    exit: 113,
    meaning: 'The target took no connection',
    remedy: 'Check address, port and path of the target',
  },
  USAGE_WRONG: {
    exit: 2,
    meaning: 'The command line cannot be understood',
    remedy: 'scbench COMMAND --help',
  },
} as const;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue;

/** Whether something that came from elsewhere is a code of the catalogue. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(catalogue, value);
}

/** What a caller may want to tell apart. The message is one sentence: what could not be done, to what, and why. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly code: ErrorCode;

  constructor(message: string, { code, cause }: { code: ErrorCode; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }

  /** The exit code a command ends with when nobody handles this error. */
  get exitCode(): number {
    return catalogue[this.code].exit;
  }
}
