/** Test only: agents and runs as people start them, over a NATS server and against a target of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestContext, vi } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { startNats, type TestNats } from '../../bus/testing.ts';
import { startTarget, type TargetOptions, type TestTarget } from '../../drivers/testing.ts';
import type { RecordLine, Totals, Window } from '../../results/index.ts';

export const FACT = { timeout: 45_000, interval: 20 };

/** Eighty users, two messages a second each. */
export const scenario = {
  name: 'spread',
  question: 'Do many hosts do what one does?',
  users: 80,
  ramp: 80,
  settle: 0,
  duration: 2,
  behaviour: { kind: 'ping-pong', payload: {}, every: 0.5 },
  target: { workers: 1, brokers: 1, controller: './none.js' },
  rules: ['users.failed == 0', 'messages.lost == 0'],
} as const;

/** One `scbench` while it runs and after. */
export class Scbench {
  readonly ended: Promise<number | null>;
  said = '';
  readonly #child: ChildProcess;

  constructor(words: readonly string[], environment: Record<string, string>, cli = entry('loadgen/cli.js')) {
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
    this.#child = child;
    this.ended = once(child, 'close').then(([code]) => code);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async says(text: string | RegExp): Promise<void> {
    const said = () => (typeof text === 'string' ? this.said.includes(text) : text.test(this.said));
    await vi.waitFor(() => expect(said(), `wanted ${text}, it said: ${this.said}`).toBe(true), FACT);
  }
}

/** A run against the target of a test. */
export interface Run extends Scbench {
  out: string;
}

/** What one test runs on: concurrent tests share nothing but the machine. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'agents-test-'));
  readonly nats: TestNats;
  readonly target: TestTarget;
  readonly #commands: Scbench[] = [];

  private constructor(nats: TestNats, target: TestTarget) {
    this.nats = nats;
    this.target = target;
  }

  /** Starts one; it ends with the test whose `onTestFinished` is given. */
  static async open(
    { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
    options: TargetOptions = {},
  ): Promise<Bench> {
    const bench = new Bench(await startNats(), await startTarget(options));
    onTestFinished(() => bench.#close());
    return bench;
  }

  /** Starts a command. */
  scbench(words: readonly string[], environment: Record<string, string> = {}, cli?: string): Scbench {
    const command = new Scbench(words, { TMPDIR: this.folder, ...environment }, cli);
    this.#commands.push(command);
    return command;
  }

  agent(name: string, environment: Record<string, string> = {}): Scbench {
    const keep = join(this.folder, 'kept', name);
    return this.scbench(['agent', '--nats', this.nats.url, '--name', name, '--keep', keep], environment);
  }

  /** Starts agents `a0` and on, and waits until all wait for work. */
  async agents(count: number): Promise<Scbench[]> {
    const all = Array.from({ length: count }, (_, n) => this.agent(`a${n}`));
    for (const each of all) await each.says('waits for work');
    return all;
  }

  /** Runs the scenario, changed. */
  run(changes: object = {}, ...words: string[]): Run {
    const { length } = this.#commands;
    const out = join(this.folder, `out-${length}`);
    const file = join(this.folder, `scenario-${length}.json`);
    writeFileSync(file, JSON.stringify({ ...scenario, ...changes }));
    const url = `ws://127.0.0.1:${this.target.port}/socketcluster/`;
    const common = ['run', '-s', file, '--target', url, '--agents', this.nats.url, '--out', out];
    return Object.assign(this.scbench([...common, ...words]), { out });
  }

  /** What the load processes of all agents told on their own hosts. */
  kept(): { windows: Window[]; totals: Totals[] } {
    const root = join(this.folder, 'kept');
    const files = readdirSync(root).flatMap((name) =>
      readdirSync(join(root, name)).map((file) => join(root, name, file)),
    );
    const told = files
      .flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'))
      .map((line) => JSON.parse(line));
    return {
      windows: told.filter(({ type }) => type === 'window').map(({ window }) => window),
      totals: told.filter(({ type }) => type === 'totals').map(({ totals }) => totals),
    };
  }

  async #close(): Promise<void> {
    for (const command of this.#commands) command.kill('SIGKILL');
    await Promise.all(this.#commands.map(({ ended }) => ended));
    await this.target.close();
    await this.nats.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function linesOf({ out }: Run): RecordLine[] {
  const file = join(out, 'run.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

export function windowsOf(made: Run): Window[] {
  return linesOf(made).filter((line) => line.type === 'window');
}

/** Resolves once something was measured. */
export async function measuring(made: Run): Promise<void> {
  await vi.waitFor(() => expect(windowsOf(made).length, made.said).toBeGreaterThan(0), FACT);
}
