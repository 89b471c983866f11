import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Fault } from './announce.ts';
import { type FaultEvent, Faults, type Victim } from './faults.ts';

const processes: Victim[] = [
  { role: 'master', id: 0, pid: 1 },
  { role: 'broker', id: 0, pid: 5 },
  { role: 'worker', id: 0, pid: 10 },
  { role: 'worker', id: 1, pid: 11 },
];
const kill: Fault = { second: 2, do: 'kill', role: 'worker', id: 1, for: 5 };
const hold: Fault = { second: 2, do: 'stop', role: 'broker', id: null, for: 3 };
const roll: Fault = { second: 2, do: 'roll', role: 'worker', id: null, for: 5 };
const drain: Fault = { second: 2, do: 'drain', role: 'worker', id: null, for: 5 };
const running: Faults[] = [];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const faults of running.splice(0)) faults.end();
  vi.useRealTimers();
});

interface Watched {
  faults: Faults;
  signals: string[];
  events: FaultEvent[];
}

/** What becomes of hosts that are drained. */
type Restart = (host: number) => Promise<void>;

interface Told {
  restart?: Restart;
  /** What the target says when it is asked, null for nothing. */
  told?: Victim[] | null;
  answerMs?: number;
  /** Pids without a process. */
  gone?: number[];
}

/** Begins faults on a target. */
function watch(planned: Fault[], { told = processes, answerMs = 0, gone = [], restart }: Told = {}): Watched {
  const signals: string[] = [];
  const events: FaultEvent[] = [];
  const faults = new Faults({
    faults: planned,
    async processes() {
      if (answerMs > 0) await new Promise((resolve) => setTimeout(resolve, answerMs));
      return told ?? undefined;
    },
    note: (event) => events.push(event),
    hosts: 2,
    restart,
    signal(pid, signal) {
      if (gone.includes(pid)) throw new Error('ESRCH');
      signals.push(`${signal} ${pid}`);
    },
  });
  running.push(faults);
  faults.begin(performance.timeOrigin + performance.now());
  return { faults, signals, events };
}

const textsOf = (events: readonly FaultEvent[]): string[] =>
  events.map(({ kind, text }) => `${kind}: ${text}`);
const probed = (list: readonly Victim[]) => ({ processes: list as never });

test('Faults kills a process at its second, and says when another is in its place', async () => {
  const { faults, signals, events } = watch([kill]);
  await vi.advanceTimersByTimeAsync(1_990);
  expect(signals).toEqual([]);
  await vi.advanceTimersByTimeAsync(20);
  expect(signals).toEqual(['SIGKILL 11']);
  faults.look(probed(processes)); // The target has not noticed yet.
  faults.look(probed(processes.slice(0, 3)));
  faults.look(probed([]));
  expect(events).toHaveLength(1);
  const after = [...processes.slice(0, 3), { role: 'worker', id: 1, pid: 12 } as const];
  faults.look(probed(after));
  faults.look(probed(after));
  expect(textsOf(events)).toEqual(['fault: Killed worker 1 (pid 11)', 'fault: Back is worker 1 (pid 12)']);
  expect(events.map((event) => event.process)).toEqual([
    { role: 'worker', id: 1, pid: 11 },
    { role: 'worker', id: 1, pid: 12 },
  ]);
  expect(events.map((event) => event.killed)).toEqual([[11], undefined]);
});

test('Faults kills all processes of a role and waits for each by itself', async () => {
  const { faults, signals, events } = watch([{ ...kill, id: null }], { told: processes.toReversed() });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(signals).toEqual(['SIGKILL 10', 'SIGKILL 11']);
  expect(events[0]?.killed).toEqual([10, 11]);
  faults.look(probed([{ role: 'worker', id: 0, pid: 13 }]));
  faults.end();
  expect(textsOf(events)).toEqual([
    'fault: Killed worker 0 (pid 10) and worker 1 (pid 11)',
    'fault: Back is worker 0 (pid 13)',
    'warning: Nothing had come in the place of worker 1 (pid 11) by the end of the run',
  ]);
});

test.each([
  ['at once', 0, 2_000],
  ['slowly', 200, 2_000],
  ['too late', 400, 2_150],
])('Faults is in time when the target answers %s, and never before it', async (_, answerMs, doneAt) => {
  const { signals } = watch([kill], { answerMs });
  await vi.advanceTimersByTimeAsync(doneAt - 10);
  expect(signals).toEqual([]);
  await vi.advanceTimersByTimeAsync(20);
  expect(signals).toEqual(['SIGKILL 11']);
});

test('Faults names nobody it did not reach among those it killed', async () => {
  const { events } = watch([{ ...kill, id: null }], { gone: [10] });
  await vi.advanceTimersByTimeAsync(2_010);
  expect(events.map((event) => event.killed)).toEqual([undefined, [11]]);
});

test('Faults holds a process for its time', async () => {
  const { signals, events } = watch([hold]);
  await vi.advanceTimersByTimeAsync(4_990);
  expect(signals).toEqual(['SIGSTOP 5']);
  await vi.advanceTimersByTimeAsync(20);
  expect(signals).toEqual(['SIGSTOP 5', 'SIGCONT 5']);
  expect(textsOf(events)).toEqual(['fault: Held broker 0 (pid 5)', 'fault: Let go of broker 0 (pid 5)']);
});

test('Faults lets go of what it holds when the run ends before, once', async () => {
  const { faults, signals, events } = watch([hold, { ...kill, second: 4 }]);
  await vi.advanceTimersByTimeAsync(2_000);
  faults.end();
  faults.end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(signals).toEqual(['SIGSTOP 5', 'SIGCONT 5']);
  expect(events).toHaveLength(2);
});

test('Faults lets go of what it holds when this process exits', async () => {
  const before = process.listeners('exit');
  const { faults, signals } = watch([hold]);
  await vi.advanceTimersByTimeAsync(2_000);
  const [listener] = process.listeners('exit').filter((each) => !before.includes(each));
  listener?.(1);
  expect(signals).toEqual(['SIGSTOP 5', 'SIGCONT 5']);
  faults.end();
  expect(process.listeners('exit')).toEqual(before);
});

test('Faults has the master replace the workers, and says when all are new', async () => {
  const { faults, signals, events } = watch([roll]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(signals).toEqual(['SIGUSR2 1']);
  const half = processes.map((each) => (each.pid === 10 ? { ...each, pid: 20 } : each));
  faults.look(probed(half));
  expect(events).toHaveLength(1);
  faults.look(probed(half.map((each) => (each.pid === 11 ? { ...each, pid: 21 } : each))));
  expect(textsOf(events)).toEqual([
    'fault: Began to replace worker 0 (pid 10) and worker 1 (pid 11)',
    'fault: All are replaced, by worker 0 (pid 20) and worker 1 (pid 21)',
  ]);
});

test('Faults takes the processes it saw last when the target does not answer', async () => {
  const { faults, signals } = watch([kill], { told: null });
  faults.look(probed(processes));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(signals).toEqual(['SIGKILL 11']);
});

test.each([
  ['there is no such process', { told: processes.slice(0, 1) }, 'the target names no such process'],
  ['it is gone', { gone: [11] }, 'worker 1 (pid 11) is gone'],
])('Faults says that a fault was not done when %s', async (_, target, why) => {
  const { events } = watch([kill], target);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(textsOf(events)).toEqual([`fault-failed: Cannot do "Kill worker 1": ${why}`]);
});

test('Faults does nothing when the run ended while the target was asked', async () => {
  const { faults, signals } = watch([kill]);
  vi.advanceTimersByTime(2_000);
  faults.end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(signals).toEqual([]);
});

/** Hosts that are back a second after they were asked. */
function hostsThatTakeASecond(): { asked: number[]; restart: Restart } {
  const asked: number[] = [];
  return {
    asked,
    async restart(host) {
      asked.push(host);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    },
  };
}

test('Faults drains hosts one after the other, each when the one before is back', async () => {
  const { asked, restart } = hostsThatTakeASecond();
  const { events, signals } = watch([drain], { restart });
  await vi.advanceTimersByTimeAsync(2_010);
  expect(asked).toEqual([0]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(textsOf(events)).toEqual([
    'fault: Began to drain host 0',
    'fault: Host 0 is back',
    'fault: Began to drain host 1',
    'fault: Host 1 is back',
  ]);
  expect(signals).toEqual([]);
});

test('Faults drains the one host it is told, and says when it was not back in time', async () => {
  const { asked, restart } = hostsThatTakeASecond();
  const { faults, events } = watch([{ ...drain, id: 1 }], { restart });
  await vi.advanceTimersByTimeAsync(2_500);
  faults.end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([1]);
  expect(textsOf(events)).toEqual([
    'fault: Began to drain host 1',
    'warning: Host 1 was not back by the end of the run',
  ]);
});

test('Faults leaves the other hosts alone when one does not come back', async () => {
  const asked: number[] = [];
  const restart = (host: number): Promise<void> => {
    asked.push(host);
    return Promise.reject(new Error('no port'));
  };
  const { events } = watch([drain], { restart });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked).toEqual([0]);
  expect(textsOf(events).at(-1)).toBe(
    'fault-failed: Cannot do "Drain all hosts, one after the other, and start again": no port',
  );
});
