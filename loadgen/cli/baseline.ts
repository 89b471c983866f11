/** `scbench baseline`: this build against stored measurements, where the other build cannot be made. */
import type { Command } from 'commander';
import { onSignals } from '../../server/process/index.ts';
import {
  compareWithBaseline,
  formatAdvice,
  type Measurement,
  recordBaseline,
} from '../gate/baseline/index.ts';
import { parseDuration } from '../plan/resolve/index.ts';
import { once, positive, wanted } from './values/index.ts';

interface BaselineFlags {
  scenario?: string;
  runs?: number;
  duration?: number;
  users?: number;
  quiet?: boolean;
}

interface CheckFlags extends BaselineFlags {
  strict?: boolean;
  json?: boolean;
}

/** Exit code for a build that is worse than its baseline, where that is more than advice. */
export const REGRESSED = 111;

const SCENARIO = 'ping-pong';
const RUNS_TO_RECORD = 5;
const RUNS_TO_CHECK = 3;
/** Code that has just started is slow for seconds. */
const DURATION = 15;

/** Adds the command. */
export function addBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .description(
      'hold this build against stored measurements; "gate" is better where the other one can be built',
    );
  measured(baseline.command('record'), RUNS_TO_RECORD)
    .description('measure, and append to the file')
    .action(record);
  measured(baseline.command('check'), RUNS_TO_CHECK)
    .description('measure, and say whether it is worse than the file foretells')
    .option('--strict', `end with ${REGRESSED} when it is worse`)
    .option('--json', 'print the answer as JSON')
    .action(checkBaseline);
}

function measured(command: Command, runs: number): Command {
  return command
    .argument('<file>', 'of the baseline, as reports/baselines/ping-pong.jsonl')
    .option('-s, --scenario <name|file>', `the load, by default ${SCENARIO}`, once)
    .option('--runs <number>', 'measurements', positive, runs)
    .option('-d, --duration <time>', 'steady phase of each', wanted('--duration', parseDuration), DURATION)
    .option('-u, --users <number>', 'virtual users', positive)
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false);
}

async function record(file: string, flags: BaselineFlags): Promise<void> {
  const points = await recordBaseline(file, measurementOf(flags, RUNS_TO_RECORD), followerOf(flags));
  process.stdout.write(`Measurements appended to ${file}: ${points.length}\n`);
}

/**
 * Measures this build, says what the file foretells of it, and with `strict` sets the exit code when it is worse.
 * "gate --baseline" comes here too.
 */
export async function checkBaseline(file: string, flags: CheckFlags): Promise<void> {
  const advice = await compareWithBaseline(file, measurementOf(flags, RUNS_TO_CHECK), followerOf(flags));
  process.stdout.write(flags.json === true ? `${JSON.stringify(advice, null, 2)}\n` : formatAdvice(advice));
  if (advice.answer.verdict !== 'regressed') return;
  process.stderr.write(
    'Warning: this build is worse than its baseline; "scbench gate" tells how sure that is\n',
  );
  if (flags.strict === true) process.exitCode = REGRESSED;
}

function measurementOf(flags: BaselineFlags, usualRuns: number): Measurement {
  const { scenario = SCENARIO, runs = usualRuns, duration = DURATION, users } = flags;
  return { scenario, runs, duration, users };
}

function followerOf({ quiet }: BaselineFlags): { say(text: string): void; signal: AbortSignal } {
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  return {
    say: (text) => {
      if (quiet !== true) process.stderr.write(`${text}\n`);
    },
    signal: interrupt.signal,
  };
}
