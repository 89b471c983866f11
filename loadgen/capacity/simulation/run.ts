/** Runs trials on a simulated cluster, as a runner does on a real one. */
import { fallenOutcome, type Outcome, outcomeOf, type Request } from '../search/index.ts';
import { limitsOf, type Slo } from '../slo/index.ts';
import { type SimulatedCluster, servedBy } from './cluster.ts';
import { createDraws, type Draws } from './draws.ts';
import { secondsOf } from './seconds.ts';

/** Share of what it carried that a metastable cluster carries once it was overloaded by a tenth. */
const COLLAPSED = 0.3;
const COLLAPSE_AT = 1.1;

/** Seconds of the overload before a recovery trial. */
const OVERLOAD_SECONDS = 5;

const LEAKED_BYTES = 50_000;

/** Deliveries that are lost in a trial. */
const LOST = 3;

/** Processor time of a message, in microseconds, and its relative chance from trial to trial. */
const CPU_MICROS = 20;
const CPU_NOISE = 0.01;

/** How many times as much a message costs a process that is mostly idle, less one; and the share of load that halves it. */
const DEARER_WHEN_IDLE = 2;
const HALF_AS_DEAR_AT = 0.05;

/** Far beyond any load that matters, to either side: a trial that fails or passes whatever its load. */
const LAPSE_FACTOR = 20;

/** A simulated cluster that has seen no trial yet; it remembers those it runs. */
export function startSimulation(
  cluster: SimulatedCluster,
  { seed, slo }: { seed: number; slo: Slo },
): (request: Request) => Outcome {
  const draws = createDraws(seed, 0);
  let trials = 0;
  let isCollapsed = false;
  return (request) => {
    const { load, overload = load } = request;
    if (load > (cluster.endsAbove ?? Number.POSITIVE_INFINITY))
      return fallenOutcome(load, 'heap out of memory');
    trials += 1;
    if (request.fresh) isCollapsed = false;
    const drift = trials > (cluster.drift?.afterTrials ?? trials) ? (cluster.drift?.factor ?? 1) : 1;
    const able = (servedBy(cluster) * Math.exp(cluster.spread * draws.normal())) / drift;
    if (cluster.isMetastable === true && Math.max(load, overload) > COLLAPSE_AT * able) isCollapsed = true;
    const served = request.phase === 'recovery' ? able : lapsed(cluster, { able, load, draws });
    return outcomeWith(cluster, {
      request,
      slo,
      draws,
      served: isCollapsed ? COLLAPSED * served : served,
      cpuMicrosPerMessage: CPU_MICROS * drift * (1 + CPU_NOISE * draws.normal()),
    });
  };
}

function lapsed(
  { lapse }: SimulatedCluster,
  { able, load, draws }: { able: number; load: number; draws: Draws },
): number {
  const chance = draws.even();
  if (chance < lapse) return load / LAPSE_FACTOR;
  return chance > 1 - lapse ? Math.max(able, load * LAPSE_FACTOR) : able;
}

function outcomeWith(
  cluster: SimulatedCluster,
  run: { request: Request; slo: Slo; draws: Draws; served: number; cpuMicrosPerMessage: number },
): Outcome {
  const { request, slo, draws, served, cpuMicrosPerMessage } = run;
  const { load, phase, overload = 0 } = request;
  const generatorLimit = cluster.generatorLimit ?? Number.POSITIVE_INFINITY;
  const isLimited = load > generatorLimit;
  const seconds = secondsOf(
    cluster,
    {
      load,
      // A generator that cannot keep up makes messages late that the target would have served.
      served: isLimited ? Math.min(served, generatorLimit) : served,
      waiting: phase === 'recovery' ? Math.max(0, overload - served) * OVERLOAD_SECONDS : 0,
      limitsMs: limitsOf(slo),
      leak: load > (cluster.growthAbove ?? Number.POSITIVE_INFINITY) ? LEAKED_BYTES : 0,
      seconds: request.seconds,
    },
    draws,
  );
  const trial = {
    load,
    limitsMs: limitsOf(slo),
    seconds,
    connects: { asked: 1_000, made: 1_000 },
    errors: 0,
    unreconciled: load > (cluster.lossAbove ?? Number.POSITIVE_INFINITY) ? LOST : 0,
  };
  const hasMishap = draws.even() < (cluster.guardMishap ?? 0);
  const guards = isLimited || hasMishap ? ['load process 1 used 93 % of a processor, wanted below 70 %'] : [];
  return outcomeOf(trial, {
    slo,
    phase,
    guards,
    cpuMicrosPerMessage,
    utilisation: utilisationOf(load / served),
  });
}

/** What the busiest process shows of its load, which is a share of what it can serve. */
function utilisationOf(share: number): number {
  return Math.min(1, share * (1 + DEARER_WHEN_IDLE / (1 + share / HALF_AS_DEAR_AT)));
}
