/** What the command line changes in a scenario, before it is checked. */
import type { DriverName } from '../scenario.ts';
import { apportion } from './apportion.ts';
import { isObject } from './explain.ts';
import { durationSchema, rateSchema } from './schema/index.ts';

/** What the command line may change. Units as in a scenario. */
export interface Overrides {
  /** Stages of a ramp keep their shares of them. */
  users?: number | undefined;
  /** Users that arrive per second, instead of all stages. */
  ramp?: number | undefined;
  /** Length of all phases together, seconds; several keep their shares of it. */
  duration?: number | undefined;
  /** Messages per second and user, of every group that sends any; replaces the mean of its `every`. */
  rate?: number | undefined;
  workers?: number | undefined;
  brokers?: number | undefined;
  balancers?: number | undefined;
  driver?: DriverName | undefined;
  /** Added to the upgrade request, beside those of the scenario or instead of them. */
  headers?: Record<string, string> | undefined;
  protocolVersion?: 1 | 2 | 'auto' | undefined;
  seed?: number | undefined;
}

/** A scenario with the changes, not checked yet, and what is wrong with the changes themselves. */
export interface Changed {
  value: unknown;
  problems: string[];
}

/** Lays the changes over the scenario as it is, so that both are checked together. */
export function applyOverrides(scenario: unknown, overrides: Overrides): Changed {
  if (!isObject(scenario) || Array.isArray(scenario)) return { value: scenario, problems: [] };
  const { users, duration, rate, workers, brokers, balancers, headers, ...own } = overrides;
  const ofRate = rate === undefined ? nothing : changeRate(scenario, rate);
  const ofDuration = duration === undefined ? nothing : changeDuration(scenario, duration);
  const value = {
    ...scenario,
    ...(users === undefined ? {} : changeUsers(scenario, users)),
    ...ofDuration.fields,
    ...ofRate.fields,
    ...given(own),
    ...(headers === undefined ? {} : changeHeaders(scenario, headers)),
    target: layOver(scenario['target'], { workers, brokers, balancers }),
  };
  return { value, problems: [...ofRate.problems, ...ofDuration.problems] };
}

/** Fields of a scenario that a change replaces. */
interface Change {
  fields: Record<string, unknown>;
  problems: string[];
}

const nothing: Change = { fields: {}, problems: [] };

/** More users or fewer come at the same rates. */
function changeUsers({ ramp }: Record<string, unknown>, users: number): Record<string, unknown> {
  if (!Array.isArray(ramp) || !Number.isInteger(users) || users < 1) return { users };
  const counts = ramp.map((stage: unknown) => numberOf(stage, 'users') ?? 0);
  if (!(counts.reduce((sum, count) => sum + count, 0) > 0)) return { users };
  const parts = apportion(users, counts);
  const stages = ramp.flatMap((stage: unknown, number) => {
    if (numberOf(stage, 'users') === undefined) return [stage];
    return parts[number] === 0 ? [] : [layOver(stage, { users: parts[number] })];
  });
  return { users, ramp: stages };
}

/** Phases get longer or shorter, and faults keep their place among them. */
function changeDuration(scenario: Record<string, unknown>, duration: number): Change {
  const { phases, faults } = scenario;
  const { data: seconds } = durationSchema.safeParse(duration);
  if (seconds === undefined) {
    return { fields: {}, problems: [`"duration" is ${duration}, wanted seconds, more than 0`] };
  }
  const lengths = Array.isArray(phases)
    ? phases.map((phase: unknown) => numberOf(phase, 'duration') ?? 0)
    : [numberOf(scenario, 'duration') ?? 0];
  const before = lengths.reduce((sum, length) => sum + length, 0);
  if (!(before > 0)) return { fields: Array.isArray(phases) ? {} : { duration }, problems: [] };
  const parts = apportion(Math.ceil(seconds), lengths);
  const fields = Array.isArray(phases)
    ? {
        phases: phases.map((phase: unknown, n) => layOver(phase, { duration: Math.max(1, parts[n] ?? 0) })),
      }
    : { duration };
  const moved = Array.isArray(faults) ? { faults: moveFaults(faults, seconds / before) } : {};
  return { fields: { ...fields, ...moved }, problems: [] };
}

function moveFaults(faults: readonly unknown[], factor: number): unknown[] {
  return faults.map((fault) => {
    const at = numberOf(fault, 'at');
    return layOver(fault, { at: at === undefined ? undefined : at * factor });
  });
}

/** Every group that takes turns takes them at this rate. */
function changeRate({ behaviour, groups }: Record<string, unknown>, rate: number): Change {
  if (!rateSchema.safeParse(rate).success) {
    return { fields: {}, problems: [`"rate" is ${rate}, wanted messages per second, more than 0`] };
  }
  const all: unknown[] = Array.isArray(groups)
    ? groups.map((group: unknown) => (isObject(group) ? group['behaviour'] : undefined))
    : [behaviour];
  if (!all.some(takesTurns)) {
    return { fields: {}, problems: [`"rate" is ${rate}, wanted none: nobody in this scenario has a rate`] };
  }
  const fields = Array.isArray(groups)
    ? { groups: groups.map((group: unknown, n) => layOver(group, { behaviour: setMean(all[n], 1 / rate) })) }
    : { behaviour: setMean(behaviour, 1 / rate) };
  return { fields, problems: [] };
}

function changeHeaders(
  { connect }: Record<string, unknown>,
  headers: Record<string, string>,
): Record<string, unknown> {
  const known = isObject(connect) ? connect : {};
  return { connect: { ...known, headers: layOver(known['headers'] ?? {}, headers) } };
}

function takesTurns(behaviour: unknown): boolean {
  return isObject(behaviour) && behaviour['kind'] !== 'idle' && behaviour['kind'] !== 'custom';
}

function setMean(behaviour: unknown, mean: number): unknown {
  if (!isObject(behaviour) || !takesTurns(behaviour)) return behaviour;
  const { every } = behaviour;
  return { ...behaviour, every: isObject(every) ? { ...every, mean } : mean };
}

function numberOf(value: unknown, field: string): number | undefined {
  const found = isObject(value) ? value[field] : undefined;
  return typeof found === 'number' ? found : undefined;
}

function layOver(under: unknown, over: Record<string, unknown>): unknown {
  return isObject(under) ? { ...under, ...given(over) } : under;
}

function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
