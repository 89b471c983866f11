/** Faults done to real clusters under load: what the record, the summary and the exit code say of them. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { isAlive } from '../../host/testing.ts';
import type { Scenario } from '../../plan/index.ts';
import { checkConservation, type RecordLine, type RunEvent, readRun } from '../../results/index.ts';
import { type RunListeners, type RunOutcome, runScenario } from '../run.ts';
import { isSpoiltByMachine, reasonsOfTarget } from '../testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'faults-test-'));
const never = new AbortController().signal;
const USERS = 60;
const QUICK = { initial: 0.2, randomness: 0.5, multiplier: 1.5, most: 2 };

afterAll(() => rm(folder, { recursive: true }));

const small: Omit<Scenario, 'name'> = {
  question: 'Is what is broken whole again?',
  users: USERS,
  ramp: USERS,
  settle: 1,
  duration: 8,
  answerWithin: 5,
  behaviour: { kind: 'ping-pong', payload: {}, every: 0.5 },
  reconnects: QUICK,
  target: { workers: 2, brokers: 1, controller: entry('scenarios/controllers/ping-pong.js') },
  rules: ['users.failed == 0', 'messages.timedOut == 0'],
};

interface Request {
  changes: Partial<Scenario>;
  signal?: AbortSignal;
  listeners?: Partial<RunListeners>;
  target?: string;
}

const troubles: string[] = [];

async function run(
  name: string,
  { changes, signal = never, listeners, target }: Request,
): Promise<RunOutcome> {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify({ ...small, name, ...changes }));
  const ignore = { begin: () => {}, second: () => {}, trouble: (text: string) => troubles.push(text) };
  const out = join(folder, name);
  const request = { scenario: file, overrides: {}, target, out, command: 'test' };
  return runScenario(request, { ...ignore, ...listeners }, signal);
}

const linesOf = (name: string): RecordLine[] =>
  readFileSync(join(folder, name, 'run.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const eventsOf = (name: string): RunEvent[] => linesOf(name).filter((line) => line.type === 'event');
const textsOf = (name: string, kind: RunEvent['kind']): string[] =>
  eventsOf(name)
    .filter((event) => event.kind === kind)
    .map(({ text }) => text.replaceAll(/ \(pid \d+\)/g, ''));
const pidsOf = (name: string): number[] =>
  linesOf(name).flatMap((line) => (line.type === 'probe' ? line.processes.map(({ pid }) => pid) : []));

describe('runScenario() with faults', () => {
  let killed: RunOutcome;
  let rolled: RunOutcome;
  let twice: RunOutcome;
  let successor: number | undefined;
  const interrupt = new AbortController();

  beforeAll(async () => {
    const kill = { faults: [{ at: 2, do: 'kill', id: 1 }], rules: [...small.rules, 'users.returned >= 20'] };
    const roll = {
      duration: 16, // Each worker has its time to send its clients away.
      behaviour: { kind: 'channels', channels: 10, subscriptions: 2, publishers: 0.5, every: 0.5 },
      faults: [
        { at: 0.5, do: 'stop', role: 'broker', for: 1 },
        { at: 3, do: 'roll' },
      ],
      rules: ['users.returned >= 60', 'messages.pushDuplicated == 0', 'messages.pushReordered == 0'],
    };
    /** Somebody else kills the worker that takes the place of the one that was meant to die. */
    const killSuccessor = (): void => {
      if (successor !== undefined) return;
      successor = eventsOf('twice').find(({ kind }) => kind === 'worker-start')?.process?.pid;
      if (successor !== undefined) process.kill(successor, 'SIGKILL');
    };
    const hold = { faults: [{ at: 1, do: 'stop', for: 60 }] };
    [killed, rolled, twice] = await Promise.all([
      run('killed', { changes: kill as Partial<Scenario> }),
      run('rolled', { changes: roll as Partial<Scenario> }),
      run('twice', {
        changes: { ...kill, duration: 10 } as Partial<Scenario>,
        listeners: { second: killSuccessor },
      }),
      run('held', {
        changes: hold as Partial<Scenario>,
        signal: interrupt.signal,
        listeners: {
          second: () => textsOf('held', 'fault').length > 0 && interrupt.abort(),
        },
      }),
    ]);
  });

  test('runScenario() passes when the users of a killed worker are back, and tells how long that took', async () => {
    const { run, exitCode } = killed;
    expect(run.summary.verdict.reasons.filter((reason) => /Rule|ended/.test(reason))).toEqual([]);
    expect(exitCode).toBe(isSpoiltByMachine(run.summary) ? 112 : 0);
    expect(run.header.faults).toEqual([{ second: 4, text: 'Kill worker 1', role: 'worker', id: 1 }]);
    expect(textsOf('killed', 'fault')).toEqual(['Killed worker 1', 'Back is worker 1']);
    expect(textsOf('killed', 'worker-exit')).toEqual(['worker 1 ended by SIGKILL']);
    const [done] = eventsOf('killed').filter(({ kind }) => kind === 'fault');
    expect(done).toMatchObject({ second: expect.any(Number), killed: [done?.process?.pid] });
    expect(done?.second).toBeGreaterThanOrEqual(4);
    const end = eventsOf('killed').find(({ kind }) => kind === 'worker-exit');
    expect(end).toMatchObject({ process: done?.process, signal: 'SIGKILL' });
    expect(end?.second).toBeGreaterThanOrEqual(done?.second ?? Number.NaN);
    expect(textsOf('killed', 'worker-start')).toEqual(['worker 1 was started']);
    const { users, latencyMs } = run.summary;
    const dropped = Object.values(users.dropped).reduce((sum, count) => sum + count, 0);
    expect(dropped).toBeGreaterThanOrEqual(20);
    expect(users.returned).toBe(dropped);
    expect(latencyMs.recovery?.p50).toBeGreaterThanOrEqual(200);
    expect(run.timeline.at(-2)?.users.open).toBe(USERS);
    const read = await readRun(join(folder, 'killed', 'run.jsonl'));
    expect(read.summary).toEqual(run.summary);
    const windows = linesOf('killed').filter((line) => line.type === 'window');
    expect(checkConservation({ windows, totals: run.final?.totals ?? [] })).toEqual([]);
  });

  test('runScenario() excuses the very process that it killed, not the next one in its place', () => {
    expect(successor).toBeGreaterThan(0);
    const pids = eventsOf('twice')
      .filter(({ kind }) => kind === 'worker-exit')
      .map((event) => event.process?.pid);
    expect(pids).toEqual([expect.any(Number), successor]);
    expect(eventsOf('twice').flatMap((event) => event.killed ?? [])).toEqual([pids[0]]);
    const { status, reasons } = twice.run.summary.verdict;
    expect(status).not.toBe('pass');
    expect(reasons.filter((reason) => reason.includes('ended'))).toEqual([
      expect.stringMatching(new RegExp(`^worker 1 \\(pid ${successor}\\) ended by SIGKILL \\(at \\d+ s\\)$`)),
    ]);
  });

  test('runScenario() holds a broker and has the workers replaced, and nothing comes twice', () => {
    const { run } = rolled;
    expect(run.summary.rules.filter(({ ok }) => ok === false)).toEqual([]);
    expect(textsOf('rolled', 'fault')).toEqual([
      'Held broker 0',
      'Let go of broker 0',
      'Began to replace worker 0 and worker 1',
      'All are replaced, by worker 0 and worker 1',
    ]);
    expect(textsOf('rolled', 'worker-exit')).toEqual([]);
    // Publications waited for the broker as long as it stood still.
    expect(run.summary.latencyMs.push?.max).toBeGreaterThan(500);
  });

  test('runScenario() lets go of what it holds when it is interrupted, and leaves nothing running', () => {
    expect(textsOf('held', 'fault')).toEqual([
      'Held worker 0 and worker 1',
      'Let go of worker 0 and worker 1',
    ]);
    expect(textsOf('held', 'interrupted')).toHaveLength(1);
    expect(pidsOf('held').length).toBeGreaterThan(0);
    expect(pidsOf('held').filter(isAlive)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

test('runScenario() ends a run by a rule that may, long before its plan does', async () => {
  // Users that say nothing: on a busy machine no send can come due on one that is still connecting.
  const rules = [{ rule: 'users.peak < 10', abort: true, grace: 1 }];
  const { run: aborted, exitCode } = await run('aborted', {
    changes: { behaviour: { kind: 'idle' }, duration: 300, rules },
  });
  const isSpoilt = isSpoiltByMachine(aborted.summary);
  expect(exitCode).toBe(isSpoilt ? 112 : 99);
  const broken = expect.stringMatching(/^Rule "users.peak < 10" does not hold/);
  expect(reasonsOfTarget(aborted.summary).slice(0, 1)).toEqual(isSpoilt ? [] : [broken]);
  expect(textsOf('aborted', 'rule')).toEqual([
    expect.stringMatching(/^Rule "users.peak < 10" ended the run: the value was \d+$/),
  ]);
  expect(aborted.summary.seconds).toBeLessThan(100);
});

test('runScenario() refuses faults on a target that is not its own, before it looks for it', async () => {
  const request = { changes: { faults: [{ at: 1, do: 'roll' as const }] }, target: 'ws://nosuch.invalid/' };
  await expect(run('foreign', request)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('it has faults, wanted is a target of its own'),
  });
});
