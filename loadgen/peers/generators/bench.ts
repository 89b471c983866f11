/** A generator and the server it loads, each on a core of its own where there are two. */
import { EventEmitter, once } from 'node:events';
import { ClusterError } from '../../../server/errors/index.ts';
import { chooseCores, pin } from '../../gate/bench/machine/index.ts';
import { cpuMicros, memoryOf } from '../../host/index.ts';
import { end, startReady } from '../child.ts';
import type { Subject } from '../subjects/index.ts';
import type { Tally } from './echo-server.ts';
import type { Generator, Load, Working } from './generator.ts';

/** What was to be seen at one moment. */
export interface Look extends Tally {
  /** Processor time of the generator so far, all its processes, microseconds. */
  cpuMicros: number;
}

/** A load that goes on. */
export interface Scene {
  /** A look a second. @throws ClusterError PROCESS_FAILED when generator or server ended. */
  looks(): AsyncIterable<Look>;
  /** Memory of the generator now, all its processes, bytes. */
  rssBytes(): number;
}

/** What measures are taken on. */
export interface Bench extends Pick<Generator, 'report'> {
  /** Lets a load begin, has it watched, and ends it, whether or not that went well. */
  run<Found>(load: Omit<Load, 'port'>, watch: (scene: Scene) => Promise<Found>): Promise<Found>;
  stop(): Promise<void>;
}

const MAIN = 'loadgen/peers/generators/main.js';

/** Makes something to be measured of a generator. */
export function subjectOf(generator: Generator): Subject<Bench> {
  const { name, setup } = generator;
  return { name, setup, prepare: (say) => generator.prepare(say), start: () => startBench(generator) };
}

async function startBench(generator: Generator): Promise<Bench> {
  const { name, report } = generator;
  const cores = chooseCores();
  const { child, details } = await startReady<{ port: number }>(MAIN, {});
  pin(child.pid, cores.server);
  const told = new EventEmitter();
  told.on('error', () => {}); // For whoever does not wait at that moment.
  child.onMessage(({ type, tally }) => type === 'tally' && told.emit('tally', tally));
  child.onExit(({ lastWords }) => told.emit('error', endedWith('the server of generators', lastWords)));
  const next = async (): Promise<Tally> => ((await once(told, 'tally')) as [Tally])[0];
  return {
    async run(load, watch) {
      const working = await generator.start({ ...load, port: details.port }, cores.generator);
      try {
        return await watch(sceneOf(name, { working, next }));
      } finally {
        await working.stop();
        while ((await next()).open > 0);
      }
    },
    ...(report === undefined ? {} : { report }),
    stop: () => end(child),
  };
}

function sceneOf(name: string, { working, next }: { working: Working; next: () => Promise<Tally> }): Scene {
  return {
    async *looks() {
      for (;;) {
        const seen = await Promise.race([next(), working.ended]);
        if (typeof seen === 'string') throw endedWith(name, seen);
        yield { ...seen, cpuMicros: cpuMicros(working.pids()) };
      }
    },
    rssBytes: () => working.pids().reduce((sum, pid) => sum + memoryOf(pid).rss, 0),
  };
}

function endedWith(name: string, lastWords: string): ClusterError {
  const sentence = `Cannot measure "${name}": it ended with the words "${lastWords.trim()}"`;
  return new ClusterError(sentence, { code: 'PROCESS_FAILED' });
}
