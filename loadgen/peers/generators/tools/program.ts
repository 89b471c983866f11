/**
 * A generator that is a program of somebody else's: started, told apart by a mark in its environment, and ended with
 * all that it has started, also what has left its group of processes.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { ClusterError } from '../../../../server/errors/index.ts';
import { readKernel } from '../../../host/index.ts';
import type { Working } from '../generator.ts';

/** How a program is started. */
export interface ProgramOptions {
  /** The only core it may use. Default: it may use any. */
  core?: number | undefined;
  /** Added to this process's environment. */
  environment?: Readonly<Record<string, string>>;
}

/** A program that runs. */
export interface Program extends Working {
  /**
   * Waits until it has ended by itself.
   *
   * @throws ClusterError PROCESS_FAILED when it fails, or has not ended in so many seconds.
   */
  finish(seconds: number): Promise<void>;
}

interface Exit {
  code: number | null;
  lastWords: string;
}

const MARK = 'SCBENCH_GENERATOR';
const LAST_WORDS_CHARACTERS = 2_048;
const MS_PER_SECOND = 1_000;

/** Starts a program by its words. Signals to this process's group do not reach it. */
export function startProgram(
  words: readonly string[],
  { core, environment = {} }: ProgramOptions = {},
): Program {
  const mark = `${MARK}=${randomUUID()}`;
  const exited = run(core === undefined ? words : ['taskset', '--cpu-list', String(core), ...words], {
    ...environment,
    ...Object.fromEntries([mark.split('=')]),
  });
  const pids = (): number[] => findMarked(mark);
  const stop = (): void => {
    for (const pid of pids()) kill(pid);
  };
  process.once('exit', stop);
  void exited.then(() => process.off('exit', stop));
  return {
    pids,
    ended: exited.then(({ lastWords }) => lastWords),
    async finish(seconds) {
      const timer = setTimeout(stop, seconds * MS_PER_SECOND);
      const { code, lastWords } = await exited;
      clearTimeout(timer);
      if (code === 0) return;
      const sentence = `Cannot run "${words.join(' ')}": it ended with the words "${lastWords.trim()}"`;
      throw new ClusterError(sentence, { code: 'PROCESS_FAILED' });
    },
    async stop() {
      stop();
      await exited;
      stop(); // What it was just about to start.
    },
  };
}

/** Runs words to their end, whatever becomes of them. */
function run([file = '', ...words]: readonly string[], environment: Record<string, string>): Promise<Exit> {
  let lastWords = '';
  const program = spawn(file, words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const output of [program.stdout, program.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
    });
  }
  return new Promise((resolve) => {
    program.once('error', (error) => resolve({ code: null, lastWords: error.message }));
    // Not its `close`: what it has left behind may hold its output open.
    program.once('exit', (code) => resolve({ code, lastWords }));
  });
}

function findMarked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readKernel(`/proc/${name}/environ`).split('\0').includes(mark))
    .map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
