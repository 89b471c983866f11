/**
 * Scenario and command line → plan. Everything that is wrong with single fields is said at once, and once they are right
 * everything that does not fit together.
 */
import { ClusterError } from '../../../server/errors/index.ts';
import type { Phase, Plan } from '../plan.ts';
import { type PlannedRule, planRules } from '../rules/index.ts';
import type { ConnectSpec, DriverName, Fault, HttpSpec, TargetSpec } from '../scenario.ts';
import { deliveriesPerSecond, messagesPerSecond } from '../schedule/index.ts';
import { checkTogether } from './checks.ts';
import { explain, isObject } from './explain.ts';
import { planGroups } from './groups.ts';
import { planArrivals, planPhases } from './load.ts';
import { applyOverrides, type Overrides } from './overrides.ts';
import { type CheckedScenario, scenarioSchema } from './schema/index.ts';

/** How long a held process stands still, seconds. */
const HOLD_SECONDS = 5;

/** A fault with every default filled in. */
export interface PlannedFault extends Required<Pick<Fault, 'do' | 'role' | 'for'>> {
  /** Seconds since the common start. */
  second: number;
  /** Which process of the role; null for all of them. */
  id: number | null;
}

/** A scenario ready to run. */
export interface Resolved {
  plan: Plan;
  /** The question it answers, one line. */
  question: string;
  target: Required<TargetSpec>;
  connect: ConnectSpec;
  rules: PlannedRule[];
  /** In the order of their time. */
  faults: PlannedFault[];
  /** Requests beside the users; null for none. */
  http: Required<HttpSpec> | null;
  driver: DriverName;
  protocolVersion: 1 | 2 | 'auto';
  /** Sends of all users together over the measured phases. */
  messagesPerSecond: number;
  /** Deliveries to subscribers over the measured phases, if none is lost. */
  deliveriesPerSecond: number;
}

/**
 * Resolves a scenario, from a module or a JSON file, with the command line's changes.
 * @throws ClusterError `OPTION_INVALID` with all problems, a line each.
 */
export function resolvePlan(scenario: unknown, overrides: Overrides = {}): Resolved {
  const { value, problems } = applyOverrides(scenario, overrides);
  const checked = scenarioSchema.safeParse(value);
  if (checked.success) problems.push(...checkTogether(checked.data));
  else problems.push(...checked.error.issues.flatMap((issue) => explain(issue, value, scenarioSchema)));
  if (!checked.success || problems.length > 0) {
    const name = isObject(value) && typeof value['name'] === 'string' ? value['name'] : '';
    const sentences = problems.map((problem) => `Cannot run scenario "${name}": ${problem}`);
    throw new ClusterError(sentences.join('\n'), { code: 'OPTION_INVALID' });
  }
  return assemble(checked.data);
}

function assemble(scenario: CheckedScenario): Resolved {
  const { name, seed, users, answerWithin, question, target, driver, protocolVersion, http } = scenario;
  const plan: Plan = {
    scenario: name,
    seed,
    users,
    arrivals: planArrivals(scenario),
    groups: planGroups(scenario),
    phases: planPhases(scenario),
    answerWithin,
  };
  return {
    plan,
    question,
    target,
    connect: scenario.connect as ConnectSpec, // Of its fields none is there and undefined, whatever zod says.
    rules: rulesOf(scenario, plan.phases),
    faults: faultsOf(scenario, measuredFrom(plan.phases)),
    http: http ?? null,
    driver,
    protocolVersion,
    messagesPerSecond: messagesPerSecond(plan),
    deliveriesPerSecond: deliveriesPerSecond(plan),
  };
}

/** Rules of the run, and then those of its phases, each held against its own phase. */
function rulesOf({ rules, phases = [] }: CheckedScenario, planned: readonly Phase[]): PlannedRule[] {
  const ofPhases = phases.flatMap((phase) => {
    const begins = planned.find(({ name }) => name === phase.name)?.start ?? 0;
    return planRules(phase.rules, { begins, phase: phase.name });
  });
  return [...planRules(rules, { begins: measuredFrom(planned) }), ...ofPhases];
}

function faultsOf({ faults }: CheckedScenario, begins: number): PlannedFault[] {
  return faults
    .map(({ at, id, for: seconds, ...fault }) => ({
      ...fault,
      second: begins + at,
      id: id ?? null,
      for: seconds ?? HOLD_SECONDS,
    }))
    .sort((one, other) => one.second - other.second);
}

/** When the first measured phase begins. */
function measuredFrom(phases: readonly Phase[]): number {
  return phases.find(({ measured }) => measured)?.start ?? 0;
}
