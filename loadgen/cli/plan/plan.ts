/** `scbench plan`: how many users this server carries, and on which machines how many others. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { formatPlanSummary, mayColour, type PlanDocument, writePlanReports } from '../../../reports/index.ts';
import { ClusterError, catalogue } from '../../../server/errors/index.ts';
import { onSignals } from '../../../server/process/index.ts';
import {
  chooseInstances,
  instanceNamed,
  multiplyPrices,
  readSnapshot,
  type Snapshot,
  withPricesOf,
} from '../../capacity/instances/index.ts';
import {
  calibrateHost,
  type PlanRequest,
  planCapacity,
  predictionsIn,
  readScores,
  sizesFor,
} from '../../capacity/planner/index.ts';
import { readProfile } from '../../capacity/profiles/index.ts';
import { parseSlo } from '../../capacity/slo/index.ts';
import { folderName, makeNewFolder } from '../../doctor/index.ts';
import { parseDuration } from '../../plan/resolve/index.ts';
import { commandLine, names, once, positive, wanted } from '../values/index.ts';
import { createProgress } from './progress.ts';

interface PlanFlags {
  profile: string;
  slo: string;
  users?: number;
  instances?: string[];
  prices?: string;
  priceFactor?: number;
  scores?: string;
  here?: string;
  workers?: number;
  points?: number[];
  time: number;
  ledger?: string;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

const RUNS = join('reports', 'runs');
const SLO = '99% < 50ms';
const DEFAULT_SECONDS = 900;

/** With less there is no search. */
const LEAST_SECONDS = 120;

/** Exit codes by the verdict of the main search: an objective that is missed, and a capacity that nobody could confirm. */
const codes: Record<PlanDocument['sizes'][number]['verdict'], number> = {
  found: 0,
  'at-least': 0,
  'not-met': 99,
  unconfirmed: 112,
  'fell-over': catalogue.PROCESS_FAILED.exit,
};

/** Adds the command. Tests put a planner of their own in. */
export function addPlan(program: Command, plan: typeof planCapacity = planCapacity): void {
  program
    .command('plan')
    .description('find how many users the server carries, and which EC2 instances carry how many; 15 minutes')
    .requiredOption(
      '-p, --profile <name|file>',
      'what users do: chat, ticker, presence, game, idle, 42k or a file',
      once,
    )
    .option('--slo <objective>', 'share of messages and limit; several are joined by "and"', SLO)
    .option('-u, --users <number>', 'say which fleets carry so many', positive)
    .option('--instances <names>', 'families and types to choose from, as c7g,c8i.large', names)
    .option(
      '--prices <file>',
      'columns type and price, US dollars an hour, in place of those that came along',
    )
    .option('--price-factor <number>', 'of all prices, as 0.6 for 40 % off', factor)
    .option('--scores <file>', 'lines that "scbench calibrate" printed on other types')
    .option('--here <type>', 'what EC2 calls this host, where it is one of them')
    .option(
      '-w, --workers <number>',
      'worker processes of the main search; half of the processors unless told',
      positive,
    )
    .option('--time <time>', 'longest time', wanted('--time', parseDuration), DEFAULT_SECONDS)
    .option('--points <numbers>', 'workers of each point of the scaling law, 6 or more of 4 sizes', points)
    .option(
      '--ledger <file>',
      'predictions: one is frozen, and what was foretold of these points is held against them',
    )
    .option('-o, --out <folder>', 'where the results go')
    .option('--json', 'print plan.json instead of the summary')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action((flags: PlanFlags) => run(flags, plan));
}

async function run(flags: PlanFlags, plan: typeof planCapacity): Promise<void> {
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const asked = await askedOf(flags);
  const out = makeNewFolder(
    flags.out ?? join(RUNS, folderName(new Date().toISOString(), `plan-${asked.profile.name}`)),
  );
  const progress = createProgress((text) => flags.quiet === true || process.stderr.write(`${text}\n`));
  const score = asked.scores.length === 0 ? undefined : await scoreOf(progress);
  const document = await plan({ ...asked, out, score }, { ...progress, signal: interrupt.signal });
  const files = await writePlanReports(out, document);
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify(document, null, 2)}\n`
      : `\n${formatPlanSummary(document, { colour: mayColour(process.stdout, process.env), files })}`,
  );
  process.exitCode = interrupt.signal.aborted ? catalogue.RUN_INTERRUPTED.exit : codeOf(document);
}

/** Types that were calibrated are compared by what this host does of the same work. */
function scoreOf({ say }: ReturnType<typeof createProgress>): ReturnType<typeof calibrateHost> {
  say('Calibrating this host');
  return calibrateHost(availableParallelism());
}

/** Everything is read before anything is measured: nobody wants to hear of a wrong word after ten minutes. */
async function askedOf(flags: PlanFlags): Promise<Omit<PlanRequest, 'out' | 'score'>> {
  const { here, instances, ledger, scores, slo, time, users } = flags;
  if (!(time >= LEAST_SECONDS)) {
    const sentence = `Cannot plan in ${time} s: wanted is a time of ${LEAST_SECONDS} s or more, for no search takes less`;
    throw new ClusterError(sentence, { code: 'OPTION_INVALID' });
  }
  if (ledger !== undefined) predictionsIn(ledger);
  const prices = pricesOf(flags);
  return {
    profile: await readProfile(flags.profile),
    slo: parseSlo(slo),
    sizes: sizesFor(availableParallelism(), flags),
    withinMs: time * 1_000,
    command: commandLine('npx scbench plan', process.argv.slice(3)),
    instances: chooseInstances(prices, instances),
    prices,
    scores: scores === undefined ? [] : readScores(scores, prices),
    ...(here !== undefined && { here: instanceNamed(prices, here) }),
    users,
    ledger,
  };
}

function points(text: string): number[] {
  const sizes = text.split(',').map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return sizes;
  throw new InvalidArgumentError('Wanted are whole numbers above 0, as 1,1,2,2,3,4.');
}

function factor(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Wanted is a number above 0, as 0.6 for 40 % off.');
}

function pricesOf({ priceFactor, prices }: PlanFlags): Snapshot {
  const snapshot = readSnapshot();
  const priced = prices === undefined ? snapshot : withPricesOf(prices, snapshot);
  return priceFactor === undefined ? priced : multiplyPrices(priced, priceFactor);
}

/** Users who hardly say anything need no search: fleets that follow from costs are all there is to know. */
function codeOf({ fleets, sizes: [main] }: PlanDocument): number {
  if (main !== undefined) return codes[main.verdict];
  return fleets === null ? codes.unconfirmed : 0;
}
