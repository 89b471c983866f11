/**
 * Starts a Node child process. The only file that knows execa; it is loaded with the first child, because
 * it takes 15 MB that the children themselves, who enter by the same door, have no use for.
 */
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ClusterError } from '../errors/index.ts';
import { isMessage, type Message, post } from './ipc.ts';

/** How a child ended. One of `code` and `signal` is null. */
export interface Exit {
  code: number | null;
  signal: string | null;
  /** The end of what the child wrote on stderr, at most 2,048 characters. */
  lastWords: string;
}

/** A running child process, whoever forked it. */
export interface Child {
  readonly pid: number;
  /** Sends a message; one to a child that is gone is dropped. @throws TypeError when it is not JSON. */
  send(message: Message): void;
  onMessage(listener: (message: Message) => void): void;
  /** Calls the listener once, also when the child ended before. */
  onExit(listener: (exit: Exit) => void): void;
  /** Default: SIGTERM. */
  kill(signal?: NodeJS.Signals): void;
}

/** How a child is started. */
export interface StartOptions {
  arguments?: readonly string[];
  /** Added to this process's environment. */
  environment?: Readonly<Record<string, string>>;
  /** Node's own flags, for example `--max-semi-space-size=32`. Those of this process are not inherited. */
  nodeOptions?: readonly string[];
  /** Where the child's standard output goes, in whole lines. Default: this process's stdout. */
  stdout?: Writable;
}

/**
 * Finds the compiled file of a child process: `entry('server/worker/main.js')` is its absolute path
 * under `dist`. Child processes run from `dist` even when their parent runs from source, as in tests.
 */
export function entry(pathFromRoot: string): string {
  return fileURLToPath(new URL(pathFromRoot, distOf(import.meta.url)));
}

/** Where `dist` is, seen from this module's own place in the sources or in `dist`. */
export function distOf(moduleUrl: string): URL {
  return new URL(moduleUrl.endsWith('.ts') ? '../../dist/' : '../../', moduleUrl);
}

/**
 * Flags for processes that hold many sockets: what they keep lives long, so a large young generation only
 * adds to their memory. With 14,000 sockets each it saved 10 to 20 MB a process and cost no measurable time.
 */
export const LEAN_HEAP: readonly string[] = ['--max-semi-space-size=2'];

const LAST_WORDS_CHARACTERS = 2_048;

/** A longer line is passed on in pieces, or output without line ends would fill the memory. */
const MAX_LINE_CHARACTERS = 65_536;

/** A grandchild can hold stderr open after the child's end, so the rest of the last words is not awaited for longer. */
const LAST_WORDS_WITHIN_MS = 250;

/**
 * Starts a Node process with a message channel. What it writes on stderr appears on this process's stderr,
 * in whole lines. Listen to the child before awaiting anything else, or its first messages are
 * lost. It notices by itself when this process ends.
 *
 * @throws ClusterError PROCESS_FAILED when the system refuses to start it.
 */
export async function startChild(file: string, options: StartOptions = {}): Promise<Child> {
  const { execaNode } = await import('execa');
  const subprocess = execaNode(file, options.arguments ?? [], {
    ipc: true,
    serialization: 'json',
    stdin: 'ignore',
    buffer: false,
    cleanup: true,
    forceKillAfterDelay: false,
    reject: false,
    nodeOptions: options.nodeOptions ?? [],
    env: options.environment ?? {},
  });
  const { pid } = subprocess;
  if (pid === undefined) {
    const result = await subprocess;
    throw new ClusterError(`Cannot start "${file}": ${result.originalMessage ?? 'the system refused'}`, {
      code: 'PROCESS_FAILED',
      cause: result,
    });
  }
  return adoptChild(subprocess, pid, options.stdout);
}

/** What is needed of execa's subprocess, or of Node's own. */
export type Subprocess = Pick<
  import('node:child_process').ChildProcess,
  'connected' | 'kill' | 'on' | 'once' | 'send'
> & { stdout: Readable; stderr: Readable };

/** Makes a Child of a subprocess that was forked elsewhere with piped output, such as a cluster worker's. */
export function adoptChild(subprocess: Subprocess, pid: number, stdout: Writable = process.stdout): Child {
  let lastWords = '';
  passOnLines(subprocess.stdout, stdout);
  passOnLines(subprocess.stderr, process.stderr);
  subprocess.stderr.on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
  });
  const exited = new Promise<Exit>((resolve) => {
    subprocess.once('exit', (code, signal) => {
      const tell = (): void => resolve({ code, signal, lastWords });
      subprocess.once('close', tell);
      setTimeout(tell, LAST_WORDS_WITHIN_MS).unref();
    });
  });
  return {
    pid,
    send: (message) => post(subprocess, message),
    onMessage(listener) {
      subprocess.on('message', (message: unknown) => {
        if (isMessage(message)) {
          listener(message);
        }
      });
    },
    onExit(listener) {
      void exited.then(listener);
    },
    kill(signal = 'SIGTERM') {
      subprocess.kill(signal);
    },
  };
}

/**
 * Copies whole lines, so that the lines of several children do not run into each other. No back-pressure:
 * on Linux, writing to this process's own stdout and stderr is synchronous.
 */
function passOnLines(from: Readable, to: Writable): void {
  let partial = '';
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    partial += text;
    const end = partial.length > MAX_LINE_CHARACTERS ? partial.length : partial.lastIndexOf('\n') + 1;
    if (end > 0) {
      to.write(partial.slice(0, end));
      partial = partial.slice(end);
    }
  });
  from.once('end', () => {
    if (partial !== '') {
      to.write(`${partial}\n`);
    }
  });
}
