/** Whether the capacity that was confirmed is the server's: its own trials, after the search. */
import { join } from 'node:path';
import type { Scenario } from '../../../plan/index.ts';
import { type AttainedShare, type Proof, prove } from '../../proof/index.ts';
import { attainmentOf, limitsOf } from '../../slo/index.ts';
import {
  type CeilingRequest,
  nullServerCeiling,
  runTrial,
  type Surroundings,
  type TrialRecord,
} from '../../trials/index.ts';
import { type SizeFound, type SizeSearch, scenarioAt } from '../search/index.ts';

/** What it is proven with. */
export interface ProofInstruments {
  ceiling: typeof nullServerCeiling;
  trial: typeof runTrial;
}

const real: ProofInstruments = { ceiling: nullServerCeiling, trial: runTrial };

/** How many times the capacity the generator is asked to do alone: as much as a proof wants. */
const CEILING = 1.5;

/** Length of each of these trials, seconds. */
const SECONDS = 8;

/**
 * Proves the load that a soak confirmed: the generator against a server that does nothing, and the same load from twice
 * the load processes. Undefined when nothing was confirmed.
 *
 * @throws what `nullServerCeiling` and `runTrial` throw.
 */
export async function proveCapacity(
  { search, found, out }: { search: SizeSearch; found: SizeFound; out: string },
  follower: Surroundings,
  instruments: ProofInstruments = real,
): Promise<Proof | undefined> {
  const confirmed = found.trials.findLast(
    ({ outcome, request }) => request.phase === 'confirm' && outcome.ok && outcome.guards.length === 0,
  );
  if (confirmed === undefined) return undefined;
  const { command, loadProcesses, mostSockets, profile, settings, share, workers } = search;
  const { withinMs } = settings.slo[0];
  const terms = { limitsMs: limitsOf(settings.slo), withinMs };
  const scenarioOf = (load: number) =>
    scenarioAt(profile, { load, seconds: SECONDS, workers, mostSockets }).scenario;
  const { load } = confirmed.outcome;
  const common = { folder: profile.folder, terms, command };
  const ceiling = await instruments.ceiling(
    {
      ...common,
      loadProcesses,
      scenarioAt: scenarioOf,
      out: join(out, 'null-server'),
      ...{ from: load, enough: CEILING * load },
      ...replyOf(scenarioOf(load)),
    },
    follower,
  );
  const double = await instruments.trial(
    {
      ...common,
      scenario: scenarioOf(load),
      out: join(out, 'twice-the-load-processes'),
      loadProcesses: 2 * confirmed.record.generator.processes.length,
      workerShare: share,
    },
    follower,
  );
  return prove({
    load,
    withinMs,
    measuredSeconds: confirmed.record.measuredSeconds,
    generator: confirmed.record.generator,
    ceiling: ceiling.load,
    split: { single: attainedIn(confirmed.record), double: attainedIn(double) },
  });
}

/** What users wait for, where it is another event than usual: a server that does nothing else has to send it. */
function replyOf({ behaviour, groups = [] }: Scenario): Pick<CeilingRequest, 'reply'> {
  const all = [behaviour, ...groups.map((group) => group.behaviour)];
  const awaited = all.find((each) => each?.kind === 'ping-pong');
  return awaited?.reply === undefined ? {} : { reply: awaited.reply };
}

function attainedIn({ seconds, withinMs }: TrialRecord): AttainedShare {
  const { lower, share, upper } = attainmentOf(
    seconds.map(({ inTime, scheduled }) => ({ scheduled, inTime: inTime[withinMs] ?? 0 })),
  );
  return { share, halfWidth: (upper - lower) / 2 };
}
