/** What tests of whole applications share: running `node server.js` in a folder until the test ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ClusterState } from '../observe/index.ts';

/** An application that runs. */
export interface Running {
  /** Address of its page, without a last slash. */
  url: string;
  port: number;
  /** What it has written so far. */
  output(): string;
  state(): Promise<ClusterState>;
  /** Sends SIGTERM and waits for the end; gives the exit code, and how many of how many children are left. */
  end(): Promise<{ code: number | null; children: number; left: number }>;
}

/** Makes a folder that goes with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'application-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Runs `node server.js`, on a free port by default, and resolves when it listens. Ended with the test, if not before. */
export async function runApplication(folder: string, port = 0): Promise<Running> {
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { ...process.env, SOCKETCLUSTER_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [url, stateUrl] = await findAddresses(child, () => output);
  const state = async (): Promise<ClusterState> => (await (await fetch(stateUrl)).json()) as ClusterState;
  return {
    url,
    port: Number(new URL(url).port),
    output: () => output,
    state,
    async end() {
      const children = childrenOf(Number(child.pid));
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await exit) as [number | null];
      return { code, children: children.length, left: children.filter(isAlive).length };
    },
  };
}

function findAddresses(child: ChildProcess, output: () => string): Promise<[string, string]> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`Cannot run the application: it ended with\n${output()}`)));
    child.stdout?.on('data', () => {
      const found = /Listening at (\S+)\/ with .*; state at (\S+)\n/.exec(output());
      if (found) resolve([String(found[1]), String(found[2])]);
    });
  });
}

function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.trim().split(' ').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
