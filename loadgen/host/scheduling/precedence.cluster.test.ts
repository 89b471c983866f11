import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import type { Precedence } from './precedence.ts';

/** What the kernel says of a thread, and what a process is told that it got. */
interface Told {
  got: Precedence;
  main: { policy: number; nice: number };
  others: { policy: number; nice: number }[];
}

/** A process that takes precedence. Fields 19 and 41 of `stat`, counted behind the name, which may hold spaces. */
function take(wanted: string): Told {
  const text = `
    import { readFileSync, readdirSync } from 'node:fs';
    import { takePrecedence } from ${JSON.stringify(entry('loadgen/host/index.js'))};
    const got = takePrecedence(${JSON.stringify(wanted)});
    const read = (thread) => {
      const fields = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').replace(/^.*\\) /, '').split(' ');
      return { nice: Number(fields[16]), policy: Number(fields[38]) };
    };
    const others = readdirSync('/proc/self/task').filter((thread) => thread !== String(process.pid));
    console.log(JSON.stringify({ got, main: read(process.pid), others: others.map(read) }));
  `;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }),
  ) as Told;
}

/** Linux numbers of SCHED_OTHER and SCHED_RR. */
const [OTHER, ROUND_ROBIN] = [0, 2];

test('takePrecedence() tells what the kernel gave, and leaves the threads of V8 as they are', () => {
  const own = take('none of them');
  for (const { got, main, others } of [take('real-time'), take('high')]) {
    expect(main.policy).toBe(got === 'real-time' ? ROUND_ROBIN : OTHER);
    expect(main.nice).toBe(got === 'high' ? -20 : own.others[0]?.nice);
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual({ policy: OTHER, nice: own.others[0]?.nice });
  }
});
