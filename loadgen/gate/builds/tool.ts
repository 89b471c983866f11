/** Runs the programs that builds are made with, git and npm, so that nothing of them outlives an interrupt. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ClusterError } from '../../../server/errors/index.ts';
import { lastWordsOf } from './last-words.ts';

/** Where a program runs, and what ends it early. */
export interface ToolPlace {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

/** Enough for the longest list of files, and for the end of any build's output. */
const MOST_CHARACTERS = 16_777_216;

/**
 * Set by whoever started this process, and meant for that folder: a hook of git, or `npm run`. A tree that is built
 * for production would go without its compiler.
 */
const MISLEADING = new Set([
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
  'NODE_ENV',
  'npm_config_local_prefix',
  'npm_config_loglevel',
]);

/**
 * Runs a program to its end and gives what it printed on its standard output.
 *
 * @throws ClusterError RUN_INTERRUPTED when the signal ended it.
 * @throws Error with its last words as the message, when it cannot start or does not end with 0.
 */
export async function runTool(
  program: string,
  words: readonly string[],
  { cwd, signal }: ToolPlace,
): Promise<string> {
  if (signal?.aborted) throw interrupted();
  const child = spawn(program, words, {
    cwd,
    // A group of its own: npm starts shells, which start compilers, and all of them are to end.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: usableEnvironment(),
  });
  const output = gather(child);
  const end = (): void => endGroup(child, 'SIGTERM');
  // A second signal ends this process: whoever did not hear the first is not asked again.
  const kill = (): void => endGroup(child, 'SIGKILL');
  signal?.addEventListener('abort', end);
  process.once('exit', kill);
  try {
    const [code, killer] = await once(child, 'close');
    if (signal?.aborted) throw interrupted();
    if (code === 0) return output.stdout;
    const how = code === null ? `was ended by ${killer}` : `ended with ${code}`;
    throw new Error(`${program} ${how}: ${lastWordsOf(output.all)}`);
  } finally {
    signal?.removeEventListener('abort', end);
    process.off('exit', kill);
  }
}

function gather({ stdout, stderr }: ChildProcess): { stdout: string; all: string } {
  const output = { stdout: '', all: '' };
  stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout = (output.stdout + text).slice(-MOST_CHARACTERS);
    output.all = (output.all + text).slice(-MOST_CHARACTERS);
  });
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.all = (output.all + text).slice(-MOST_CHARACTERS);
  });
  return output;
}

function usableEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !MISLEADING.has(name)));
}

/** Also when the program itself is gone: what it started may hold its output open. */
function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended meanwhile.
  }
}

function interrupted(): ClusterError {
  return new ClusterError('Cannot make the builds: the gate was interrupted', { code: 'RUN_INTERRUPTED' });
}
