/** What is done to the load process, step by step. */

/** What is done once the run has begun. */
export interface Step {
  name: string;
  /** Percent of one core that its control group grants. */
  quota?: number;
  /** Each process that spins on its core: its niceness, or real time. */
  spinners?: (number | 'real-time')[];
  /** Stops it for so many milliseconds, again and again. */
  pulseMs?: number;
  /** Whether the load process may run in real time. Default: no. */
  realTime?: boolean;
}

/** Nothing is done, as nothing is done to runs that are counted as clean. */
export const inRealTime: Step = { name: 'real time', realTime: true };

/** All of them. One that runs in real time is not touched by quotas and ordinary spinners, but pulses stop anybody. */
export const steps: readonly Step[] = [
  { name: 'undisturbed' },
  ...[50, 20, 10, 7, 5, 4, 3, 2, 1].map((quota) => ({ name: `quota ${quota} %`, quota })),
  ...[19, 15, 10, 5, 0].map((nice) => ({ name: `spinner, nice ${nice}`, spinners: [nice] })),
  { name: 'two spinners', spinners: [0, 0] },
  { name: 'four spinners', spinners: [0, 0, 0, 0] },
  inRealTime,
  ...[0.5, 1, 1.5, 2, 4].map((pulseMs) => ({ name: `pulses of ${pulseMs} ms`, pulseMs, realTime: true })),
  { name: 'real time, four spinners', spinners: [0, 0, 0, 0], realTime: true },
  { name: 'real time, spinner in real time', spinners: ['real-time'], realTime: true },
];

/** Milliseconds from the end of a pulse to the next. */
const PULSE_EVERY_MS = 50;

/** A program that stops a process (its first word, a pid) for so many milliseconds (its second), again and again. */
export const PULSES = `
  const [pid, pulseMs] = process.argv.slice(1).map(Number);
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    process.kill(pid, 'SIGSTOP');
    Atomics.wait(never, 0, 0, pulseMs);
    process.kill(pid, 'SIGCONT');
    Atomics.wait(never, 0, 0, ${PULSE_EVERY_MS});
  }`;
