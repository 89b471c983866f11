/** `scbench doctor`: what this host can carry, before the first packet. */
import { type Command, Option } from 'commander';
import { onSignals } from '../../../server/process/index.ts';
import { consult } from '../../coordinator/index.ts';
import { parseRate } from '../../plan/resolve/index.ts';
import { explain, integer, wanted } from '../values/index.ts';
import { DEMONSTRATION } from '../views/index.ts';
import { formatExamination } from './examination.ts';

interface DoctorFlags {
  scenario: string;
  users?: number;
  ramp?: number;
  rate?: number;
  workers?: number;
  loadProcesses?: number;
  target?: string;
  trial: boolean;
  json?: boolean;
}

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what this host can carry of a scenario, which limit binds first, and what lifts it')
    .addOption(new Option('-s, --scenario <name|file>', 'which one').default(DEMONSTRATION))
    .option('-u, --users <number>', 'virtual users', integer)
    .option('--ramp <number>', 'users that arrive per second, as 2000 or 2000/s', wanted('--ramp', parseRate))
    .option('-R, --rate <number>', 'messages per second and user', wanted('--rate', parseRate))
    .option('-w, --workers <number>', 'worker processes of the target', integer)
    .option('--load-processes <number>', 'load processes at least', integer)
    .option('--target <url>', 'a server that runs already; this host only generates the load then')
    .option('--no-trial', 'start nothing: what users cost is taken from another host')
    .option('--json', 'print all figures')
    .allowExcessArguments(false)
    .action(doctor);
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const { scenario, target, loadProcesses, trial, json, ...overrides } = flags;
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const request = { scenario, overrides, target, loadProcesses };
  const { examination, failure } = await consult(request, { interrupt: interrupt.signal, trial });
  process.stdout.write(
    json === true
      ? `${JSON.stringify(examination, null, 2)}\n`
      : formatExamination(examination, failure !== undefined),
  );
  if (failure !== undefined) process.exitCode = explain(failure); // What limits say is true without a trial.
}
