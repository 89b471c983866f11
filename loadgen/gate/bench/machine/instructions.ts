/** Instructions that processes retire in user mode, where the machine counts them: `perf` asks its counters. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const EVENT = 'instructions:u';
/** Time `perf` has to begin or end, milliseconds. */
const WITHIN_MS = 5_000;

/** Gives the instructions since it began. Ends the count; undefined when the counters failed meanwhile. */
export type EndCount = () => Promise<number | undefined>;

/** Tells whether `perf` is here, allowed, and has counters to ask. */
export async function hasCounters(): Promise<boolean> {
  try {
    const { stderr } = await promisify(execFile)(
      'perf',
      ['stat', '-x,', '-e', EVENT, process.execPath, '-v'],
      {
        timeout: WITHIN_MS,
      },
    );
    return parseCount(stderr) !== undefined;
  } catch {
    return false;
  }
}

/** Begins to count all threads of some processes, those they start later included. */
export async function countInstructions(pids: readonly number[]): Promise<EndCount> {
  // It attaches disabled, and acknowledges when it is told to count: nothing is missed, nothing counted too early.
  const perf = spawn(
    'perf',
    ['stat', '-x,', '-e', EVENT, '-D', '-1', '-p', pids.join(','), '--control', 'fd:3,4'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], timeout: 60_000 },
  );
  const [, , stderr, orders, acknowledgements] = perf.stdio;
  const said = text(stderr as NonNullable<typeof stderr>);
  const ended = once(perf, 'close').catch(() => undefined);
  (orders as NodeJS.WritableStream).on('error', () => {}).write('enable\n');
  await Promise.race([once(acknowledgements as NodeJS.ReadableStream, 'data'), ended]);
  return async () => {
    perf.kill('SIGINT');
    await ended;
    return parseCount(await said);
  };
}

/** Reads what `perf` says with `-x,`: the count comes first, or words in its place. */
export function parseCount(said: string): number | undefined {
  const line = said.split('\n').find((candidate) => candidate.includes(`,${EVENT},`));
  const count = line?.split(',')[0] ?? '';
  return /^\d+$/.test(count) ? Number(count) : undefined;
}
