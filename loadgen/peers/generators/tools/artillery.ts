/** Artillery, as its command line starts it: a script in, a report out, both JSON. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../../server/errors/index.ts';
import { entry } from '../../../../server/process/index.ts';
import { QUESTION } from '../../clients/index.ts';
import { installPackages } from '../../packages.ts';
import { LONGEST_SECONDS, type Reported } from '../generator.ts';
import type { Task, Tool } from './tool.ts';

/** Where its package and the lock file lie. */
const PACKAGES = entry('../loadgen/peers/generators/packages/');
const PROGRAM = 'node_modules/artillery/bin/run';
const SCRIPT = 'script.json';
const PROCESSOR = 'processor.cjs';
const REPORT = 'report.json';
const MS_PER_SECOND = 1_000;

/** Its engine for WebSocket times nothing: who wants to know has functions called before and behind, as here. */
const FUNCTIONS = `module.exports = {
  asks(context, events, done) {
    context.vars.askedAt = performance.now();
    done();
  },
  hears(context, events, done) {
    events.emit('histogram', 'answer', performance.now() - context.vars.askedAt);
    done();
  },
};
`;

/** The part of its report that matters here, milliseconds. */
interface Report {
  aggregate: { summaries: { answer?: Reported } };
}

/** What there is to know of it, with its package in some folder. */
export function artilleryIn(packages: string): Tool {
  return {
    name: 'artillery',
    setup:
      'Artillery 2.0.20, engine ws, telemetry off; its users capture each answer, or they would not wait for it; for accuracy two functions take the time',
    prepare: (say) => installPackages(say, { where: packages, what: 'Artillery' }),
    order: (task, folder) => ({
      files: { [SCRIPT]: JSON.stringify(scriptOf(task)), [PROCESSOR]: FUNCTIONS },
      words: [
        ...[process.execPath, join(packages, PROGRAM), 'run', '--quiet'],
        ...['--output', join(folder, REPORT), join(folder, SCRIPT)],
      ],
      environment: { ARTILLERY_DISABLE_TELEMETRY: 'true' },
    }),
    read: async (folder) => readReport(await readFile(join(folder, REPORT), 'utf8')),
  };
}

/** The one that is measured. */
export const artillery = artilleryIn(PACKAGES);

/** Writes a task as its script. */
export function scriptOf({ port, steps, perSecond, every, questions, isTimed }: Task): object {
  const phases = steps.flatMap(({ users, hold }) => [
    { duration: lengthOf(users / perSecond), arrivalCount: users },
    ...(hold > 0 ? [{ pause: lengthOf(hold) }] : []),
  ]);
  const ask = { send: { payload: QUESTION, capture: { json: '$', as: 'answer' } } };
  const turn = isTimed ? [{ function: 'asks' }, ask, { function: 'hears' }] : [ask];
  const flow =
    every === undefined
      ? [{ think: lengthOf(LONGEST_SECONDS) }]
      : [{ loop: [...turn, { think: lengthOf(every) }], count: questions }];
  const processor = isTimed ? { processor: `./${PROCESSOR}` } : {};
  return {
    config: { target: `ws://127.0.0.1:${port}/`, phases, ...processor },
    scenarios: [{ engine: 'ws', flow }],
  };
}

/** With its unit, as a bare number with a fraction is taken for none. */
function lengthOf(seconds: number): string {
  return `${seconds * MS_PER_SECOND}ms`;
}

/**
 * Reads its report.
 *
 * @throws ClusterError PROCESS_FAILED when nothing was timed.
 */
export function readReport(text: string): Reported {
  const { answer } = (JSON.parse(text) as Report).aggregate.summaries;
  if (answer === undefined) {
    const sentence = 'Cannot read what Artillery reports: wanted times of answers, got none';
    throw new ClusterError(sentence, { code: 'PROCESS_FAILED' });
  }
  return { p50: answer.p50, p99: answer.p99 };
}
