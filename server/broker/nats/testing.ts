/** A real nats-server for tests, and frames to have cross. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { ClusterOption } from '../../options/index.ts';
import { createFrameReader, type Frame, FrameType, FrameWriter } from '../link/index.ts';
import { makeFolder } from '../testing.ts';

/** A nats-server that listens. */
export interface Nats {
  port: number;
  /** The option of a cluster that is joined through it. */
  cluster: ClusterOption;
  /** Ends it and resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops it from doing anything, or lets it go on: what a cut link looks like to its clients. */
  freeze(isFrozen: boolean): void;
}

/** Debian puts it where only root's path leads. */
const PATH = `${process.env['PATH']}:/usr/sbin`;

/**
 * Starts one; it ends with the test.
 *
 * @param settings Lines of its configuration.
 * @param port Default: any free one.
 */
export async function startNats(settings: readonly string[] = [], port = -1): Promise<Nats> {
  const file = join(await makeFolder(), 'nats.conf');
  await writeFile(file, ['host: "127.0.0.1"', `port: ${port}`, ...settings].join('\n'));
  const server = spawn('nats-server', ['-c', file], {
    env: { ...process.env, PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(server, 'exit');
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await exited;
  });
  let actual = 0;
  const words: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    words.push(line);
    actual = Number(/Listening for client connections on .*:(\d+)/.exec(line)?.[1] ?? actual);
    if (line.includes('Server is ready')) break;
  }
  if (actual === 0) throw new Error(`nats-server does not start: ${words.join('\n')}`);
  server.stderr.resume();
  return {
    port: actual,
    cluster: { engine: 'nats', servers: `nats://127.0.0.1:${actual}`, name: 'test' },
    async kill(signal = 'SIGKILL') {
      server.kill(signal);
      await exited;
    },
    freeze: (isFrozen) => {
      server.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
    },
  };
}

/** Gives a publication as a worker's link brings it; it is valid during the call. */
export function withPublication(channel: string, payload: string, use: (publication: Frame) => void): void {
  const writer = new FrameWriter();
  writer.write(FrameType.publish, 1, channel, Buffer.from(payload));
  createFrameReader(use).read(writer.take());
}
