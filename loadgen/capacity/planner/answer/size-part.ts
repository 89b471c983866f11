/** One search, as a plan holds it. */
import type { PlanDocument } from '../../../../reports/plan/index.ts';
import { loadOf, type Profile } from '../../profiles/index.ts';
import type { MeasuredTrial, SizeFound } from '../search/index.ts';

type SizePart = PlanDocument['sizes'][number];

/** Puts a search into a plan; `folder` gives the path of a trial as the plan's folder sees it. */
export function sizePart(
  { result, share, trials, workers }: SizeFound,
  { profile, folder }: { profile: Profile; folder: (path: string) => string },
): SizePart {
  const {
    atLeast,
    capacities,
    confirmed,
    estimate,
    findings,
    geometricMean,
    sentence,
    snapshots,
    verdict,
    wording,
  } = result;
  return {
    workers,
    share: share ?? null,
    verdict,
    sentence,
    confirmed: confirmed ?? null,
    wording: wording ?? null,
    atLeast: atLeast ?? null,
    estimate: estimate ?? null,
    usersPerLoad: 1 / loadOf(profile, 1),
    capacities: capacities.map(({ estimate: at, isAtLeast, withinMs }) => {
      return { withinMs, estimate: at ?? null, isAtLeast };
    }),
    geometricMean: geometricMean?.estimate ?? null,
    findings: findings.map((finding) => finding.sentence),
    trials: trials.map((trial, index) => trialPart(trial, { number: index + 1, folder })),
    snapshots,
  };
}

function trialPart(
  trial: MeasuredTrial,
  { number, folder }: { number: number; folder: (path: string) => string },
): SizePart['trials'][number] {
  const { outcome, record, request, users } = trial;
  const { inTime, latencyMs, scheduled, withinMs } = record;
  const times = latencyMs.push ?? latencyMs.response;
  return {
    trial: number,
    phase: request.phase,
    load: outcome.load,
    users,
    ok: outcome.ok,
    share: scheduled === 0 ? null : (inTime[withinMs] ?? 0) / scheduled,
    p50: times?.p50 ?? null,
    p99: times?.p99 ?? null,
    reasons: [
      ...(outcome.fellOver === undefined ? [] : [outcome.fellOver]),
      ...outcome.reasons.map(({ sentence }) => sentence),
    ],
    guards: [...outcome.guards],
    folder: folder(trial.folder),
  };
}
