/** A plan out of what was found: fleets are worked out, and all of it is put into words and figures. */
import type { PlanDocument } from '../../../../reports/plan/index.ts';
import {
  type FleetQuestion,
  fleetsFor,
  type Machine,
  planFleets,
  type ScoredInstance,
} from '../../fleet/index.ts';
import { type Instance, type Snapshot, warnOfAge } from '../../instances/index.ts';
import { coverageOf, type LedgerPrediction, outcomesOf } from '../../predictions/index.ts';
import { isMostlyIdle, type Profile, ratesOf } from '../../profiles/index.ts';
import type { ScalingFit } from '../../scaling/index.ts';
import { formatSlo, type Slo } from '../../slo/index.ts';
import {
  type FleetReport,
  fleetDocument,
  formatFleetsCsv,
  formatFleetsMarkdown,
  formatFleetsText,
} from '../../tables/index.ts';
import { type Answer, measuredOf, measuredOfIdle } from '../measured/index.ts';
import { mostUsersOf } from '../search/index.ts';
import type { Planned } from '../work/index.ts';
import { scalingPart } from './scaling-part.ts';
import { sizePart } from './size-part.ts';

/** What a plan is made from, beside its trials. */
export interface Answering {
  readonly profile: Profile;
  readonly slo: Slo;
  readonly machine: Machine;
  readonly host: PlanDocument['machine'];
  /** Types to choose from, with the prices that count. */
  readonly instances: readonly Instance[];
  readonly prices: Snapshot;
  readonly scores: readonly ScoredInstance[];
  /** Users that somebody needs carried. */
  readonly users?: number | undefined;
  /** How capacity grows with workers; absent where nobody knows. */
  readonly law?: ScalingFit | undefined;
  /** The ledger, with what this plan foretold and measured. */
  readonly predictions: readonly LedgerPrediction[];
  readonly at: Date;
  readonly command: string;
  readonly project: string;
  /** Path of a trial as the plan's folder sees it. */
  folder(path: string): string;
  /** Gives numbers from 0 (inclusive) to 1 (exclusive). */
  draw(): number;
}

/** Makes the plan; what an interruption left out is null. */
export function documentOf(planned: Planned, answering: Answering): PlanDocument {
  const { at, command, host, law, machine, predictions, profile, project, slo } = answering;
  const answer = answerOf(planned, answering);
  const report = answer && fleetReport(answer, { answering, planned });
  const searches = [...(planned.main ? [planned.main] : []), ...planned.points];
  return {
    version: 1,
    madeAt: at.toISOString(),
    command,
    project,
    profile: { name: profile.name, question: profile.question, perUser: perUser(profile) },
    slo: formatSlo(slo),
    machine: host,
    sizes: searches.map((found) => sizePart(found, answering)),
    proof: planned.proof === undefined ? null : proofPart(planned.proof),
    costs: (answer?.costs ?? []).map(({ costs, residual, role }) => ({
      role,
      perKind: { ...costs },
      residualSpread: residual,
    })),
    memory: answer?.measured.memory ?? null,
    scaling: law === undefined ? null : scalingPart(law),
    ...fleetParts(report),
    calibration: machine.score ?? null,
    predictions: predictionPart(predictions),
    next: report?.table.next?.sentence ?? null,
    remarks: remarksOf(planned, answering, answer),
  };
}

/** Undefined where no search came to a capacity, and nothing was found out about users who hardly say anything. */
function answerOf(
  { main, sockets }: Planned,
  { draw, law, machine, profile }: Answering,
): Answer | undefined {
  const rates = ratesOf(profile);
  if (main !== undefined) return measuredOf({ main, fit: law, rates, sockets, machine, draw });
  return sockets && isMostlyIdle(profile) ? measuredOfIdle({ rates, sockets, machine, draw }) : undefined;
}

function fleetReport(
  { measured, rates }: Answer,
  { answering, planned }: { answering: Answering; planned: Planned },
): FleetReport {
  const { instances, prices, scores, users } = answering;
  const question: FleetQuestion = { measured, rates, instances, scores };
  const table = planFleets(question);
  return {
    table: { ...table, notes: [...reservationsOf(planned), ...table.notes] },
    prices,
    ...(users !== undefined && { needed: fleetsFor(question, { users }) }),
  };
}

/** What has to be known of a capacity wherever fleets that rest on it are shown. */
function reservationsOf({ main, proof }: Planned): string[] {
  if (main === undefined) return [];
  const { atLeast = 'generator-limited', confirmed } = main.result;
  const isBound = main.result.atLeast !== undefined || proof?.proven === false;
  return [
    ...(confirmed === undefined
      ? [
          'No soak confirmed the capacity that these fleets are worked out from: none of them is ready to be bought',
        ]
      : []),
    ...(isBound
      ? [
          `The capacity that these fleets are worked out from is a lower bound (${atLeast}): users are at least, prices for users at most, what is printed`,
        ]
      : []),
  ];
}

function fleetParts(report: FleetReport | undefined): Pick<PlanDocument, 'fleets' | 'tables'> {
  if (report === undefined) return { fleets: null, tables: null };
  return {
    fleets: fleetDocument(report) as PlanDocument['fleets'],
    tables: {
      markdown: formatFleetsMarkdown(report),
      csv: formatFleetsCsv(report.table),
      text: formatFleetsText(report),
    },
  };
}

function proofPart({ findings, proven }: NonNullable<Planned['proof']>): PlanDocument['proof'] {
  return {
    proven,
    findings: findings.map(({ name, ok, value, wanted }) => ({
      name,
      ok,
      value: Number.isFinite(value) ? value : null,
      limit: null,
      wanted,
    })),
  };
}

function perUser(profile: Profile): Record<string, number> {
  const { connects, deliveries, inbound, pings, publications } = ratesOf(profile);
  return { 'messages sent': inbound, publications, 'messages got': deliveries, pings, connects };
}

function predictionPart(predictions: readonly LedgerPrediction[]): PlanDocument['predictions'] {
  const { agrees, measured, within } = coverageOf(outcomesOf(predictions));
  const hits = `${within} of ${measured} measurements lay in the interval of 90 % that was foretold`;
  return {
    frozen: predictions.map(({ grade, hash, lower, median, subject, unit, upper }) => {
      return { subject, hash, median, lower, upper, unit, grade };
    }),
    coverage: measured === 0 ? null : agrees ? hits : `${hits}, which is too rare or too often for chance`,
  };
}

function remarksOf(
  planned: Planned,
  { at, instances, law, prices, profile }: Answering,
  answer: Answer | undefined,
): string[] {
  const old = warnOfAge(prices, { instances, today: at });
  const crowded = Math.max(1, ...(planned.main?.trials ?? []).map(({ usersPerSocket }) => usersPerSocket));
  const rarely =
    crowded > mostUsersOf(profile, 1) ? ', but for heartbeats, which came more rarely than theirs' : '';
  return [
    ...(planned.isInterrupted ? ['The plan was interrupted: it holds what was measured until then'] : []),
    ...(old === undefined ? [] : [old]),
    ...planned.remarks,
    ...(answer?.remarks ?? []),
    ...(law !== undefined || answer === undefined
      ? []
      : [
          'Without a scaling law, capacity is taken to grow with the workers, and to be known the worse the more they are',
        ]),
    ...(crowded > 1
      ? [
          `In trials a socket did the work of up to ${crowded.toFixed(1)} users${rarely}: what sockets cost by themselves was measured apart`,
        ]
      : []),
  ];
}
