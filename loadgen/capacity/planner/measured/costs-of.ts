/** What messages and connections cost each role, from the trials of a search. */
import {
  type CostRemark,
  eachKind,
  fitCosts,
  KINDS,
  type Kind,
  type Observation,
} from '../../costs/index.ts';
import type { Measured, UnitCosts } from '../../fleet/index.ts';
import type { TrialRecord } from '../../trials/index.ts';
import { observationsOf, type Role } from '../outcomes/index.ts';

/** Costs of one role. */
export interface CostsFound {
  readonly role: Role;
  /** Microseconds of one of each. */
  readonly costs: UnitCosts;
  /** Standard deviation of the natural logarithm of busy time around them; 0 when it is not known. */
  readonly residual: number;
  readonly remarks: readonly string[];
}

/** Nothing: of a role without processes that were busy. */
const FREE: UnitCosts = { inbound: 0, delivery: 0, ping: 0, connect: 0, byte: 0 };

const ROLES: readonly Role[] = ['worker', 'broker', 'balancer'];

/** Fits the costs of all roles, one by one and as fleets want them. `connectMicros` is a worker's. */
export function costsOfRoles(
  records: readonly TrialRecord[],
  { connectMicros, draw }: { connectMicros?: number | undefined; draw: () => number },
): { found: readonly CostsFound[]; costs: Omit<Measured['costs'], 'spread'> } {
  const found = ROLES.flatMap((role) => {
    const one = costsOf(records, {
      role,
      draw,
      connectMicros: role === 'worker' ? connectMicros : undefined,
    });
    return one === undefined ? [] : [one];
  });
  const [worker, broker, balancer] = ROLES.map((role) => found.find((one) => one.role === role)?.costs);
  return {
    found,
    costs: { worker: worker ?? FREE, broker: broker ?? FREE, ...(balancer && { balancer }) },
  };
}

/**
 * Fits the costs of a role to trials at high load; undefined when the target has no such processes. Where the trials
 * are too few for a fit, all busy time is put on messages, deliveries and heartbeats alike.
 *
 * @param connectMicros What a connection was found to cost by itself; taken where the trials had none.
 */
export function costsOf(
  records: readonly TrialRecord[],
  { role, draw, connectMicros = 0 }: { role: Role; draw: () => number; connectMicros?: number | undefined },
): CostsFound | undefined {
  const observations = observationsOf(records, role).map(withoutBytes);
  if (observations.length === 0) return undefined;
  const { remarks, residual, ...model } = modelOf(observations, draw);
  const { connect, ...others } = model.costs;
  return {
    role,
    costs: { ...others, connect: connect > 0 ? connect : connectMicros },
    residual,
    remarks,
  };
}

/** Messages of one profile are of one size: what their bytes cost is in what they cost. */
function withoutBytes({ busyMicros, work }: Observation): Observation {
  return { busyMicros, work: { ...work, byte: 0 } };
}

/** Work that is taken to cost the same where nobody knows better. */
const SAID: readonly Kind[] = ['inbound', 'delivery', 'ping'];

/** One profile keeps all kinds of work in one proportion: only their sum is asked for, and that is known. */
const EXPECTED: readonly CostRemark['kind'][] = ['never-done', 'told-together'];

function modelOf(
  observations: readonly Observation[],
  draw: () => number,
): Pick<CostsFound, 'costs' | 'residual' | 'remarks'> {
  const kinds = KINDS.filter((kind) => observations.some(({ work }) => work[kind] > 0));
  if (observations.length > kinds.length) {
    const { remarks, ...model } = fitCosts(observations, draw);
    const unexpected = remarks.filter(({ kind }) => !EXPECTED.includes(kind));
    return { ...model, remarks: unexpected.map(({ sentence }) => sentence) };
  }
  const total = (of: (observation: Observation) => number): number =>
    observations.reduce((sum, observation) => sum + of(observation), 0);
  const said = total(({ work }) => SAID.reduce((sum, kind) => sum + work[kind], 0));
  const each = said === 0 ? 0 : total(({ busyMicros }) => busyMicros) / said;
  const costs = eachKind((kind) => (SAID.includes(kind) ? each : 0));
  const trials = observations.length === 1 ? 'one trial' : `${observations.length} trials`;
  const remark = `Costs rest on ${trials}: messages, deliveries and heartbeats are taken to cost the same`;
  return { costs, residual: 0, remarks: [remark] };
}
