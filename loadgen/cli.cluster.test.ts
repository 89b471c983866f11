/** The command as people run it: one process, judged by its exit code, its words and the files it leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { entry } from '../server/process/index.ts';
import { isSpoiltByMachine } from './coordinator/testing.ts';
import { isAlive } from './host/testing.ts';
import type { RecordLine, Run, Summary, Window } from './results/index.ts';
import { checkConservation, readRun } from './results/index.ts';

const FILES = [
  'junit.xml',
  'metrics.prom',
  'report.html',
  'run.jsonl',
  'seconds.csv',
  'summary.json',
  'summary.md',
];
const USERS = 120;
/** First second of the steady phase: one of arrivals, five to settle. */
const STEADY = 6;
const FACT = { timeout: 60_000, interval: 50 };

/** As much as two cores carry beside several other runs: 240 messages a second. */
const small = {
  name: 'small',
  question: 'Does the command keep its word?',
  users: USERS,
  ramp: USERS,
  duration: 3,
  behaviour: { kind: 'ping-pong', payload: { message: 'ping' }, every: 0.5 },
  target: { workers: 2, brokers: 1, controller: entry('scenarios/controllers/ping-pong.js') },
  rules: ['users.failed == 0', 'users.dropped == 0', 'messages.lost == 0', 'schedule.ratio >= 0.9'],
};

const folder = mkdtempSync(join(tmpdir(), 'scbench-test-'));
const started: Command[] = [];
let runs = 0;

afterAll(async () => {
  for (const command of started) command.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  await rm(folder, { recursive: true });
});

/** One `scbench` while it runs and after. */
class Command {
  /** Where its results go, if it is a run. */
  readonly out: string;
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;

  constructor(words: readonly string[], out = '', cwd = process.cwd(), temporary = folder) {
    this.out = out;
    const child = spawn(process.execPath, [entry('loadgen/cli.js'), ...words], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A master that is killed cannot remove the folder of its sockets: here it goes with ours.
      env: { ...process.env, TMPDIR: temporary },
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.#child = child;
    this.ended = once(child, 'close').then(([code]) => code);
    started.push(this);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Closes both pipes, as `head` does when it has seen enough. */
  stopReading(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  /** Whole lines of the record so far. */
  get lines(): RecordLine[] {
    const path = join(this.out, 'run.jsonl');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    return lines.map((line): RecordLine => JSON.parse(line));
  }

  get windows(): Window[] {
    return this.lines.filter((line) => line.type === 'window');
  }

  get summary(): Summary {
    return JSON.parse(readFileSync(join(this.out, 'summary.json'), 'utf8'));
  }

  /** All processes below this one, and those its record names. */
  get processes(): number[] {
    const named = this.lines.flatMap((line) => {
      if (line.type === 'window') return [line.load.pid];
      return line.type === 'probe' ? line.processes.map(({ pid }) => pid) : [];
    });
    return [...new Set([...descendants(this.#child.pid ?? 0), ...named])];
  }

  /** Waits for a line of the record; a run that ends without it says why. */
  async line(isWanted: (line: RecordLine) => boolean): Promise<void> {
    const told = vi.waitFor(() => expect(this.lines.some(isWanted)).toBe(true), FACT);
    const ended = this.ended.then((code) => {
      if (!this.lines.some(isWanted)) expect.fail(`the run ended with ${code}: ${this.stderr}`);
    });
    await Promise.race([told, ended]);
  }

  /** Waits until the run is in its steady phase and has told of its processes. */
  async steady(): Promise<void> {
    await this.line((line) => line.type === 'probe' && line.second >= STEADY && line.processes.length > 0);
  }

  pidOf(role: 'master' | 'worker', id: number): number {
    const probe = this.lines.findLast((line) => line.type === 'probe');
    const found = probe?.processes.find((each) => each.role === role && each.id === id);
    return found?.pid ?? expect.fail(`the record names no ${role} ${id}`);
  }
}

/** Takes a run that failed because a process of the target ended, and one that a busy machine made invalid besides. */
function expectFailure(code: number | null, { verdict }: Summary): void {
  expect(['1 fail', '112 invalid']).toContain(`${code} ${verdict.status}`);
}

/** Starts a run into a folder of its own. */
function run(...words: string[]): Command {
  runs += 1;
  const out = join(folder, `out-${runs}`);
  return new Command(['run', ...words, '--out', out], out);
}

/** Runs a command that is over at once. */
async function scbench(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const command = new Command(words);
  const code = await command.ended;
  return { code, stdout: command.stdout, stderr: command.stderr };
}

/** Writes a scenario file and names it. */
async function scenarioFile(name: string, changes: object = {}): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify({ ...small, ...changes }));
  return path;
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function descendants(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean) : [];
  return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
}

const alive = (pids: readonly number[]): number[] => pids.filter(isAlive);
const sum = (counts: readonly number[]): number => counts.reduce((so, count) => so + count, 0);
const total = (causes: Record<string, number>): number => sum(Object.values(causes));

/** Nothing but what else this machine does meanwhile may spoil a run. */
function expectPass(summary: Summary, code: number | null): void {
  const { verdict, rules } = summary;
  if (isSpoiltByMachine(summary)) {
    expect({ code, judged: rules.filter(({ ok }) => ok !== null) }).toEqual({ code: 112, judged: [] });
  } else {
    expect({ code, status: verdict.status }).toEqual({ code: 0, status: 'pass' });
    expect(rules.map(({ ok }) => ok)).toEqual(rules.map(() => true));
  }
}

/** Reads a run back and checks what holds for each, however it ended: files, agreement, balanced books. */
async function readBack(command: Command): Promise<Run> {
  expect(readdirSync(command.out).sort()).toEqual(FILES);
  const read = await readRun(join(command.out, 'run.jsonl'));
  expect(read.summary).toEqual(command.summary);
  expect(command.lines[0]).toMatchObject({ type: 'header', version: 2 });
  expect(command.lines.at(-1)).toMatchObject({ type: 'final' });
  expect(checkConservation({ windows: command.windows, totals: read.final?.totals ?? [] })).toEqual([]);
  return read;
}

describe('scbench run', () => {
  let one: Command;
  let three: Command;
  let channels: Command;

  beforeAll(async () => {
    const file = await scenarioFile('small.json');
    one = run('--scenario', file, '--seed', '7', '--json');
    three = run('--scenario', file, '--seed', '7', '--load-processes', '3', '--quiet');
    channels = run('-s', 'channels', '-u', `${USERS}`, '--ramp', `${USERS}`, '-d', '3s');
    // A master that stands still cannot end, and neither can the run: it is there when the interrupt comes.
    await channels.steady();
    const master = channels.pidOf('master', 0);
    process.kill(master, 'SIGSTOP');
    await channels.line(({ type }) => type === 'final');
    // Too late to change anything: what was measured is measured, and the end is on its way.
    channels.kill('SIGINT');
    process.kill(master, 'SIGCONT');
    await Promise.all([one.ended, three.ended, channels.ended]);
  });

  test('scbench run passes with exit code 0 and leaves files that agree', async () => {
    const { header, summary, timeline } = await readBack(one);
    expectPass(summary, await one.ended);
    expect(header).toMatchObject({ scenario: 'small', seed: 7, users: USERS, messagesPerSecond: 240 });
    expect(header.command).toMatch(/^npm run bench -- --scenario \S+small\.json --seed 7 --json --out /);
    expect(timeline.map(({ second }) => second)).toEqual([...timeline.keys()]);
    expect(readFileSync(join(one.out, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(readFileSync(join(one.out, 'junit.xml'), 'utf8')).toContain('<testsuite');
    expect(readFileSync(join(one.out, 'summary.md'), 'utf8')).toContain('small');
  });

  test('scbench run writes a summary with every figure that is promised', () => {
    const { summary } = one;
    const number = expect.any(Number);
    const quantiles = { p50: number, p90: number, p99: number, p999: number, max: number, mean: number };
    expect(summary).toMatchObject({
      version: 2,
      scenario: 'small',
      seed: 7,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      seconds: number,
      users: { target: USERS, peak: USERS, failed: {}, dropped: {} },
      messages: { timedOut: 0, lost: 0, duplicated: 0, reordered: 0, inFlight: 0, perSecond: number },
      latencyMs: { response: quantiles, service: quantiles, lateness: quantiles },
      target: { cpuCores: number, rssMB: number, cpuMicrosPerMessage: number },
      generator: { cpuCores: number, rssMB: number, cpuMicrosPerMessage: number },
      host: {
        cpus: number,
        model: expect.any(String),
        memoryGB: number,
        fdLimit: number,
        stealPercent: number,
      },
    });
    expect(summary.generator).not.toHaveProperty('bytesPerUser');
    expect(summary.messages.sent).toBeGreaterThan(720);
    expect(summary.messages.received).toBe(summary.messages.sent);
    expect(summary.brokers).toMatchObject([{ id: 0, pid: number, rssMB: number }]);
    expect(summary.balancers).toEqual([]);
  });

  test('scbench run tells its workers apart, and between them they hold every user', () => {
    const { workers } = one.summary;
    expect(workers.map(({ id }) => id)).toEqual(['0', '1']);
    expect(sum(workers.map(({ connections }) => connections))).toBe(USERS);
    for (const worker of workers) {
      expect(worker.pid).toBeGreaterThan(1);
      expect(worker.rssMB).toBeGreaterThan(10);
      expect(worker.messagesPerSecond).toBeGreaterThan(60);
      expect(worker.response?.p99).toBeGreaterThanOrEqual(worker.response?.p50 ?? Number.POSITIVE_INFINITY);
    }
  });

  test('scbench run --json prints the summary alone on stdout, and a line every five seconds on stderr', () => {
    expect(JSON.parse(one.stdout)).toEqual(one.summary);
    const lines = one.stderr.trimEnd().split('\n');
    const times = lines.map((line) =>
      Number(/^t=(\d+) phase=\w+ users=\d+\/120 sent_per_s=/.exec(line)?.[1]),
    );
    expect(times.slice(0, 2)).toEqual([1, 6]);
    // How long the last answers take is the machine's affair; the last second has a line anyhow.
    expect(times.slice(2, -1)).toEqual([11, 16].slice(0, times.length - 3));
    expect(times.at(-1)).toBeGreaterThanOrEqual(8);
  });

  test('scbench run --quiet prints no progress, only the summary for people', () => {
    expect(three.stderr).toBe('');
    // A machine that is busy otherwise makes a measurement that is to be doubted, which is another matter.
    expect(three.stdout).toMatch(
      isSpoiltByMachine(three.summary)
        ? /^\nINVALID {2}The generator itself (sent|read) late/
        : /^\nPASS {2}(120 users, |Passed, but to be doubted: )/,
    );
    for (const file of FILES) expect(three.stdout).toContain(join(three.out, file));
  });

  test('scbench run drives one plan with three load processes as with one', async () => {
    const [single, several] = [await readBack(one), await readBack(three)];
    expectPass(several.summary, await three.ended);
    expect(several.header.planHash).toBe(single.header.planHash);
    expect(several.header.generator.processes).toBe(3);
    const totalsOf = ({ final }: Run) => (final?.totals ?? []).map((each) => each ?? expect.fail());
    expect(totalsOf(several).map(({ connected }) => connected)).toEqual([40, 40, 40]);
    // Each turn of each user is in one of the two, so the sums of both runs are equal to the message.
    const turns = [single, several].map((each) =>
      sum(totalsOf(each).map(({ sent, unsent }) => sent + unsent)),
    );
    expect(turns[1]).toBe(turns[0]);
    const steady = [single, several].map(({ timeline }) =>
      sum(timeline.filter(({ phase }) => phase === 'steady').map(({ sent }) => sent)),
    );
    // What is due at the edges may leave on the other side of them.
    expect(Math.abs((steady[1] ?? 0) - (steady[0] ?? 0))).toBeLessThanOrEqual(24);
    expect(several.summary.generator.processes.map(({ id }) => id)).toEqual([-1, 0, 1, 2]);
  });

  test('scbench run counts and times the publications of the channels scenario', async () => {
    const { header, summary, timeline } = await readBack(channels);
    expect(header.scenario).toBe('channels');
    const { messages, latencyMs, users } = summary;
    expect(users).toMatchObject({ peak: USERS, failed: {}, dropped: {} });
    // While users arrive, a first publication may come due before its user is subscribed.
    const steady = timeline.filter(({ phase }) => phase === 'steady');
    expect(sum(steady.map(({ unsent }) => unsent))).toBe(0);
    expect(messages.published).toBeGreaterThan(3 * USERS * 0.25);
    expect(messages.pushed).toBeGreaterThan(0);
    expect(latencyMs.push?.p50).toBeGreaterThan(0);
    expect(latencyMs.push?.max).toBeGreaterThanOrEqual(latencyMs.push?.p50 ?? 0);
  });

  test('scbench run takes no notice of an interrupt that comes after the last line of the record', async () => {
    const { final } = await readBack(channels);
    // How well it went is another matter: four runs share this machine.
    const codes = { pass: 0, fail: 99, invalid: 112, regressed: 111 };
    expect(await channels.ended).toBe(codes[final?.verdict.status ?? expect.fail()]);
    expect(channels.lines.filter(({ type }) => type === 'event')).toEqual([]);
    expect(channels.stderr).not.toContain('Error');
  });

  test('scbench report makes the same pages anew from the record alone', async () => {
    const names = FILES.filter((name) => name !== 'run.jsonl');
    const before = names.map((name) => readFileSync(join(one.out, name), 'utf8'));
    await Promise.all(names.map((name) => rm(join(one.out, name))));
    for (const path of [one.out, join(one.out, 'run.jsonl')]) {
      expect(await scbench('report', path)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/PASS|INVALID/),
      });
    }
    expect(names.map((name) => readFileSync(join(one.out, name), 'utf8'))).toEqual(before);
  });

  test('scbench run leaves no process behind', () => {
    for (const command of [one, three, channels]) expect(alive(command.processes)).toEqual([]);
  });
});

describe('scbench run, when something goes wrong on the way,', () => {
  let workerLoss: Command;
  let serverLoss: Command;
  let loadLoss: Command;
  let interrupted: Command;
  let processes: number[];
  let killed: { worker: number; load: number };

  beforeAll(async () => {
    workerLoss = run('-s', await scenarioFile('worker-loss.json', { answerWithin: 3 }), '--json');
    // These end when it happens.
    const file = await scenarioFile('trouble.json', { answerWithin: 3, duration: 60 });
    serverLoss = run('-s', file, '--quiet');
    loadLoss = run('-s', file, '--quiet', '--load-processes', '2');
    interrupted = run('-s', file, '--quiet');
    processes = [];
    const steady = async (command: Command): Promise<void> => {
      await command.steady();
      processes.push(...command.processes);
    };
    // Not after the others are steady as well: this one goes on to its end, and is short.
    const killWorker = async (): Promise<number> => {
      await steady(workerLoss);
      const worker = workerLoss.pidOf('worker', 1);
      process.kill(worker, 'SIGKILL');
      return worker;
    };
    const [worker] = await Promise.all([killWorker(), ...[serverLoss, loadLoss, interrupted].map(steady)]);
    const load = loadLoss.windows.find(({ process: number }) => number === 1)?.load.pid;
    killed = { worker, load: load ?? expect.fail('no window of process 1') };
    process.kill(serverLoss.pidOf('master', 0), 'SIGKILL');
    process.kill(killed.load, 'SIGKILL');
    interrupted.kill('SIGINT');
    await Promise.all([workerLoss, serverLoss, loadLoss, interrupted].map(({ ended }) => ended));
  }, 180_000);

  test('does not pass on the loss of a worker, names it, and accounts for its users and messages', async () => {
    const code = await workerLoss.ended;
    const { summary, final } = await readBack(workerLoss);
    expectFailure(code, summary);
    expect(summary.verdict.reasons.join('\n')).toContain(`worker 1 (pid ${killed.worker}) ended by SIGKILL`);
    const ok = code === 1 ? false : null; // of an invalid run no rule is judged
    expect(summary.rules.find(({ rule }) => rule === 'users.dropped == 0')).toMatchObject({ ok });
    const lost = summary.workers.find(({ id }) => id === '1')?.peakConnections;
    expect(total(summary.users.dropped)).toBe(lost);
    expect(Object.keys(summary.users.dropped).every((cause) => cause !== 'unknown')).toBe(true);
    const { sent, received, timedOut, lost: unanswered, inFlight } = summary.messages;
    expect(received + timedOut + unanswered + inFlight).toBe(sent);
    expect(final?.totals).not.toContain(null);
  });

  test('keeps stdout for the summary under --json whatever the server has to say', () => {
    expect(JSON.parse(workerLoss.stdout)).toEqual(workerLoss.summary);
    expect(
      workerLoss.stderr
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('t=')),
    ).toBe(true);
  });

  test('does not pass when the whole server is gone, and says so', async () => {
    const code = await serverLoss.ended;
    const { summary } = await readBack(serverLoss);
    expectFailure(code, summary);
    expect(summary.verdict.reasons.join('\n')).toContain('The server ended by SIGKILL');
  });

  test('ends with 114 on the loss of a load process, and calls the run invalid', async () => {
    expect(await loadLoss.ended).toBe(114);
    const { summary, events, final } = await readBack(loadLoss);
    expect(events).toMatchObject([{ kind: 'process-lost', text: 'Load process 1 ended by SIGKILL' }]);
    expect(summary.verdict).toMatchObject({ status: 'invalid', validity: 'invalid' });
    expect(summary.verdict.reasons[0]).toContain('Load process 1 ended by SIGKILL');
    expect(final?.totals).toMatchObject([{ connected: USERS / 2 }, null]);
  });

  test('ends with 105 on SIGINT and keeps what was measured', async () => {
    expect(await interrupted.ended).toBe(105);
    const { summary, events } = await readBack(interrupted);
    expect(events.map(({ kind }) => kind)).toEqual(['interrupted']);
    expect(summary.verdict.reasons.join('\n')).toContain('The run was interrupted');
    expect(summary.verdict.validity).not.toBe('valid');
    expect(summary.messages.received).toBeGreaterThan(0);
    expect(interrupted.stdout).toContain('The run was interrupted');
  });

  test('leaves no process behind', async () => {
    expect(processes.length).toBeGreaterThan(4 * 4);
    // Orphans of a killed master end by themselves, a moment after it.
    await vi.waitFor(() => expect(alive(processes)).toEqual([]), FACT);
  });
});

describe('scbench run, before its start,', () => {
  test('takes everything with it when it is killed', async () => {
    const command = run('-s', await scenarioFile('killed.json'), '--quiet');
    await command.line((line) => line.type === 'probe' && line.processes.length > 0);
    const { processes } = command;
    expect(processes.length).toBeGreaterThanOrEqual(5);
    expect(alive(processes)).toEqual(processes);
    command.kill('SIGKILL');
    await command.ended;
    await vi.waitFor(() => expect(alive(processes)).toEqual([]), FACT);
  });

  test('ends with 105 and no files when it is interrupted while the server starts', async () => {
    const [controller, sign] = [join(folder, 'waits.mjs'), join(folder, 'was-interrupted')];
    await writeFile(
      controller,
      `import { existsSync } from 'node:fs';
      export async function run() {
        while (!existsSync(${JSON.stringify(sign)})) await new Promise((resolve) => setTimeout(resolve, 10));
      }`,
    );
    const target = { ...small.target, controller };
    const command = run('-s', await scenarioFile('early.json', { target }), '--quiet');
    await vi.waitFor(() => expect(command.processes.length).toBeGreaterThan(0), { ...FACT, interval: 5 });
    const { processes } = command;
    command.kill('SIGINT');
    await writeFile(sign, '');
    expect(await command.ended).toBe(105);
    expect(command.stderr).toBe('Cannot begin the run: it was interrupted before its start\n');
    expect(existsSync(join(command.out, 'run.jsonl'))).toBe(false);
    expect(alive(processes)).toEqual([]);
  });

  test('says with 104 that the port of the target is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    const target = { ...small.target, options: { port } };
    const { code, stderr } = await scbench('run', '-s', await scenarioFile('port.json', { target }));
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(104);
    expect(stderr).toContain(`Cannot listen on port ${port}: another process listens there\n`);
    expect(stderr).not.toContain('    at ');
  });

  test('says with 113 how many users were refused by a target that does not listen', async () => {
    const port = await closedPort();
    const command = run('--target', `ws://127.0.0.1:${port}`, '-u', '300', '--ramp', '100');
    expect(await command.ended).toBe(113);
    const { summary, header } = await readBack(command);
    expect(header.target).toMatchObject({ url: `ws://127.0.0.1:${port}/socketcluster/`, own: false });
    expect(summary.users.peak).toBe(0);
    const sentence = /No user could connect to the target: (\d+) users tried, (\d+) refused/;
    const [, tried, refused] = sentence.exec(command.stdout) ?? expect.fail(command.stdout);
    expect([tried, refused]).toEqual(
      [total(summary.users.failed), summary.users.failed['refused']].map(String),
    );
    expect(Number(refused)).toBeGreaterThanOrEqual(50);
    expect(summary.verdict.reasons[0]).toMatch(sentence);
    expect(command.stderr).toMatch(/^No --scenario: running ping-pong\. There are .*channels.*\n/);
  });

  test('ends well though nobody reads its progress any more', async () => {
    const command = run('--target', `ws://127.0.0.1:${await closedPort()}/`, '-u', '100', '--ramp', '100');
    command.stopReading();
    expect(await command.ended).toBe(113);
    expect(readdirSync(command.out).sort()).toEqual(FILES);
  });
});

describe('scbench, called wrongly,', () => {
  test.concurrent.each<[string, number, string[], string[]]>([
    ['an unknown scenario', 104, ['-s', 'nosuch'], ['"nosuch"', '170k-messages', '42k-users, ']],
    ['an unknown option', 2, ['--nope'], ['unknown option', '--nope']],
    ['a word too many', 2, ['ping-pong'], ['too many arguments']],
    ['a number of users that is none', 2, ['--users', 'abc'], ['--users', "'abc'", 'whole number']],
    ['a length of time that is none', 2, ['--duration', '5 parsecs'], ['--duration', '5 parsecs', '20s']],
    ['no user', 104, ['--users', '0'], ['"users" is 0', 'from 1']],
    ['no worker', 104, ['--workers', '0'], ['"target.workers" is 0', 'from 1']],
    ['no load process', 104, ['--load-processes', '0'], ['"load processes" 0', 'wanted is 1 to 2000']],
    ['more load processes than users', 104, ['-u', '2', '--load-processes', '3'], ['3', 'wanted is 1 to 2']],
    ['a rate of nothing', 104, ['--rate', '0'], ['"rate" is 0', 'more than 0']],
    [
      'a target that is no WebSocket',
      104,
      ['--target', 'http://localhost/'],
      ['"http://localhost/"', 'ws://'],
    ],
    ['a header that is none', 2, ['--header', 'Name'], ['--header', "'Name: value'"]],
    ['a driver nobody has', 2, ['--driver', 'pigeon'], ["'pigeon' is invalid", 'websocket']],
    ['a target nobody knows', 113, ['--target', 'ws://nosuch.invalid/'], ['"nosuch.invalid"', 'no address']],
    [
      'a folder that is a file',
      104,
      ['--out', process.execPath],
      [process.execPath, 'can be made or written to'],
    ],
  ])('refuses %s with %i and one sentence', async (_what, exitCode, words, parts) => {
    const { code, stdout, stderr } = await scbench('run', ...words);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.concurrent('names all mistakes of a scenario file at once', async () => {
    const file = await scenarioFile('wrong.json', { users: -3, duration: 'long', extra: 1 });
    const { code, stderr } = await scbench('run', '-s', file);
    expect(code).toBe(104);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^Cannot run scenario "small": "users" is -3, wanted /),
      expect.stringMatching(/^Cannot run scenario "small": "duration" is "long", wanted /),
      expect.stringMatching(/^Cannot run scenario "small": "extra" is no field/),
    ]);
  });

  test.concurrent.each([
    ['broken.mjs', 'export const scenario = = 1;', "Unexpected token '='"],
    ['scenario.txt', '', 'Unknown file extension ".txt"'],
  ])('says what is wrong with the scenario file %s, without a stack trace', async (name, text, why) => {
    const file = join(folder, name);
    await writeFile(file, text);
    const { code, stderr } = await scbench('run', '-s', file);
    expect(code).toBe(104);
    expect(stderr).toMatch(/^Cannot load scenario file .+\n$/);
    expect(stderr).toContain(why);
  });

  test.concurrent('shows its commands when none is given, and knows no other', async () => {
    expect(await scbench()).toMatchObject({ code: 2, stderr: expect.stringContaining('Commands:') });
    expect(await scbench('nosuch')).toMatchObject({ code: 2, stderr: expect.stringContaining("'nosuch'") });
    expect(await scbench('run', '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  test.concurrent.each(['--version', '-v'])('prints with %s the version of its package', async (flag) => {
    const { version } = JSON.parse(readFileSync(entry('../package.json'), 'utf8'));
    expect(await scbench(flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.concurrent.each([
    ['selftest', '--quick', '--only', 'queue', '-q'],
    ['baseline', 'record', join(folder, 'baseline.jsonl'), '--runs', '1', '-q'],
    ['peers', '--measures', 'hop', '-q'],
  ])('says of "%s" with 104 that temporary files cannot be written', async (...words) => {
    const command = new Command(words, '', process.cwd(), join(folder, 'nowhere'));
    expect(await command.ended).toBe(104);
    expect(command.stderr).toMatch(/^Cannot write temporary files to ".*": wanted a TMPDIR .+\n$/);
  });

  test.concurrent('says with 104 that there is no record to report on', async () => {
    const { code, stderr } = await scbench('report', join(folder, 'nowhere'));
    expect(code).toBe(104);
    expect(stderr).toMatch(/^Cannot read run record ".*": .+\n$/);
  });

  // Alone: it measures.
  test('ends a selftest with 0 when it is proven and with 112 when not, after the whole table', async () => {
    const { code, stdout } = await scbench('selftest', '--quick', '--only', 'one-stall');
    const isProven = /^PROVEN /m.test(stdout);
    expect(code).toBe(isProven ? 0 : 112);
    expect(stdout).toMatch(/^(NOT )?PROVEN {2}\d of 5 figures within .+, 5 of 5 checks hold/m);
  });

  test.concurrent('says with 104 which selftests there are', async () => {
    const { code, stderr } = await scbench('selftest', '--only', 'one-stal');
    expect(code).toBe(104);
    expect(stderr).toMatch(/^Cannot test "one-stal": wanted is one of one-stall, .+did you mean "one-stall"/);
  });

  test.concurrent('lists every scenario of the house with its question', async () => {
    const { code, stdout } = await scbench('list');
    const lines = stdout.trimEnd().split('\n');
    const files = readdirSync(entry('scenarios')).filter((file) => file.endsWith('.js'));
    expect(code).toBe(0);
    expect(lines.map((line) => `${line.split(' ')[0]}.js`)).toEqual(files.sort());
    for (const line of lines) expect(line).toMatch(/^\S+ {2,}(\d+:)?\d\d:\d\d {2}.+\?$/);
  });
});

describe('scbench, before and around a run,', () => {
  test.concurrent('prints the plan with --dry-run and starts nothing', async () => {
    const { code, stdout, stderr } = await scbench('run', '--dry-run', '-s', await scenarioFile('dry.json'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^small: Does the command keep its word\?\n/);
    for (const part of [
      'hash ',
      'steady',
      '724 messages',
      '2 workers, 1 broker',
      'Expected cost',
      'users.failed == 0',
    ])
      expect(stdout).toContain(part);
  });

  test.concurrent('ends a --dry-run with 104 when the run could not begin', async () => {
    const file = await scenarioFile('dry-huge.json', { users: 9_000_000 });
    const { code, stdout, stderr } = await scbench('run', '--dry-run', '-s', file);
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' });
    expect(stderr).toMatch(/^Cannot hold 9000000 users/);
  });

  test.concurrent('writes a scenario that runs as it is, and shows what one of its users says', async () => {
    const command = new Command(['new', 'mine', '-t', 'custom'], '', folder);
    expect(await command.ended).toBe(0);
    expect(command.stdout).toContain('npx scbench run --scenario mine.mjs');
    const words = ['-u', '20', '--ramp', '20', '-d', '2s', '--trace-user', '7', '--live'];
    const traced = run('-s', join(folder, 'mine.mjs'), ...words);
    await traced.ended;
    const { summary } = await readBack(traced);
    expect(summary).toMatchObject({ users: { peak: 20, failed: {} }, messages: { errors: 0, lost: 0 } });
    expect(summary.messages.received).toBeGreaterThan(0);
    expect(traced.stderr).toMatch(/^Live page: http:\/\/127\.0\.0\.1:\d+\/\n/);
    expect(traced.stderr).toMatch(/ s {2}user 7 → \{"event":"#handshake"/);
    expect(traced.stderr).toMatch(/ s {2}user 7 → \{"event":"add","data":\{"a":7,"b":1\}/);
    expect(traced.stderr).toMatch(/ s {2}user 7 ← .*"data":8/);
  });

  test.concurrent('refuses to trace a user that there is not, with 104', async () => {
    expect(await scbench('run', '-u', '5', '--trace-user', '5')).toEqual({
      code: 104,
      stdout: '',
      stderr: 'Cannot trace user 5: wanted is 0 to 4\n',
    });
  });
});

describe('scbench quick', () => {
  test('finds out what a server speaks, and says with 113 that it is none', async () => {
    const heard: unknown[] = [];
    const web = createWebServer((_request, response) => response.end('hello'));
    const sockets = new WebSocketServer({ noServer: true });
    sockets.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('message', (bytes: Buffer) => socket.send(bytes.toString()));
    });
    await new Promise<void>((resolve) => void web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    const url = `ws://127.0.0.1:${port}/chat`;
    const none = await scbench('quick', url);
    expect(none.code).toBe(113);
    expect(none.stderr).toBe(
      `Cannot use target "${url}": it answered the upgrade with HTTP status 200, wanted is 101, as a WebSocket server gives at its path, SocketCluster mostly at /socketcluster/\n`,
    );
    web.on('upgrade', (request, stream, head) => {
      heard.push(request.headers['x-key']);
      sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
    });
    const words = ['-u', '3', '-d', '1s', '-R', '5', '--message', 'hi {{id}}', '--header', 'X-Key: k'];
    const out = join(folder, 'quick');
    const some = await scbench('quick', url, ...words, '--json', '-q', '-o', out);
    web.closeAllConnections();
    web.close();
    expect(some.stderr).toBe('');
    const summary = JSON.parse(some.stdout) as Summary;
    expectPass(summary, some.code);
    const { users, messages, latencyMs } = summary;
    expect(users).toMatchObject({ peak: 3, failed: {} });
    expect(messages.received).toBe(messages.sent);
    expect(latencyMs.response?.p50).toBeGreaterThan(0);
    expect(new Set(heard)).toEqual(new Set(['k']));
  });
});
