/** Whether the parts of a scenario fit together, each being right by itself. Every problem is one sentence. */
import type { PlannedBehaviour } from '../plan.ts';
import { phasesIn, planRules } from '../rules/index.ts';
import type { DriverName } from '../scenario.ts';
import { quote } from './explain.ts';
import type { CheckedScenario } from './schema/index.ts';

type CheckedBehaviour = NonNullable<CheckedScenario['behaviour']>;

/** Names of phases that every run has. */
const OWN_PHASES = ['ramp', 'settle', 'drain'];

/** What the users of a driver can do. */
const ABILITIES: Record<DriverName, readonly PlannedBehaviour['kind'][]> = {
  socketcluster: ['ping-pong', 'calls', 'channels', 'idle', 'custom'],
  'socketcluster-client': ['ping-pong', 'calls', 'channels', 'idle', 'custom'],
  websocket: ['messages', 'idle'],
};

/** Says what does not fit together in a scenario. Empty: it all does. */
export function checkTogether(scenario: CheckedScenario): string[] {
  return [
    ...checkAlternatives(scenario),
    ...checkStages(scenario),
    ...checkPhases(scenario),
    ...checkRepeatedRules(scenario),
    ...checkGroups(scenario),
    ...checkDriver(scenario),
    ...checkFaults(scenario),
  ];
}

/** Of two fields that say the same in different ways there is exactly one. */
function checkAlternatives(scenario: CheckedScenario): string[] {
  const pairs = [
    ['behaviour', 'groups'],
    ['duration', 'phases'],
  ] as const;
  return pairs.flatMap(([one, other]) => {
    const count = [scenario[one], scenario[other]].filter((value) => value !== undefined).length;
    if (count === 1) return [];
    const state = count === 0 ? `"${one}" is missing` : `"${one}" is beside "${other}"`;
    return [`${state}, wanted one of the two`];
  });
}

function checkStages({ users, ramp }: CheckedScenario): string[] {
  if (typeof ramp === 'number') return [];
  const sum = ramp.reduce((count, stage) => count + ('users' in stage ? stage.users : 0), 0);
  return sum === users ? [] : [`"ramp" has ${sum} users in its stages, wanted ${users}, which "users" is`];
}

function checkPhases({ phases = [], rules }: CheckedScenario): string[] {
  const names = phases.map(({ name }) => name);
  const problems = names.flatMap((name, n) => {
    if (OWN_PHASES.includes(name))
      return [`"phases.${n}.name" is "${name}", wanted a name no other phase has`];
    return names.indexOf(name) < n ? [`"phases.${n}.name" is "${name}" again, wanted another`] : [];
  });
  if (phases.length > 0 && !phases.some(({ measured }) => measured)) {
    problems.push('"phases" has none that is measured, wanted at least one');
  }
  const known = [...OWN_PHASES, ...(phases.length === 0 ? ['steady'] : names)];
  for (const name of phasesIn(rules.map((rule) => (typeof rule === 'string' ? rule : rule.rule)))) {
    if (!known.includes(name))
      problems.push(`"rules" speak of phase "${name}", wanted one of ${known.join(', ')}`);
  }
  return problems;
}

/** A demand that is there twice was meant to be another one; and whether it ends the run is said by one of them only. */
function checkRepeatedRules({ rules, phases = [] }: CheckedScenario): string[] {
  const ofPhases = phases.flatMap(({ rules: own, name }) => planRules(own, { begins: 0, phase: name }));
  const demands = [...planRules(rules, { begins: 0 }), ...ofPhases].map(({ rule }) => rule);
  const repeated = new Set(demands.filter((demand, n) => demands.indexOf(demand) < n));
  return [...repeated].map((demand) => `"rules" have "${demand}" more than once, wanted once`);
}

function checkGroups(scenario: CheckedScenario): string[] {
  const { groups } = scenario;
  if (groups === undefined) {
    const shared = scenario.behaviour === undefined ? [] : checkShared(scenario.behaviour, [], '');
    return [...checkHabits(scenario, ''), ...shared];
  }
  const names = groups.map(({ name }) => name);
  const besides = (['stays', 'returns', 'stalls'] as const).filter((field) => scenario[field] !== undefined);
  const misplaced = scenario.reconnects === false ? besides : [...besides, 'reconnects'];
  return [
    ...misplaced.map((field) => `"${field}" is beside "groups", wanted inside one of them`),
    ...names.flatMap((name, n) =>
      names.indexOf(name) < n ? [`"groups.${n}.name" is "${name}" again, wanted another`] : [],
    ),
    ...groups.flatMap((group, n) => checkHabits(group, `groups.${n}.`)),
    ...groups.flatMap(({ behaviour }, n) => checkShared(behaviour, groups.slice(0, n), `groups.${n}.`)),
  ];
}

/** Channels can be shared with a group that has enough of them. */
function checkShared(
  behaviour: CheckedBehaviour,
  before: readonly { name: string; behaviour: CheckedBehaviour }[],
  path: string,
): string[] {
  if (behaviour.kind !== 'channels' || behaviour.channelsOf === '') return [];
  const owner = before.find(({ name }) => name === behaviour.channelsOf)?.behaviour;
  const field = `"${path}behaviour.channelsOf" is "${behaviour.channelsOf}"`;
  if (owner?.kind !== 'channels') return [`${field}, wanted a group before it that has channels`];
  if (owner.channels >= behaviour.channels) return [];
  return [`${field}, which has ${owner.channels} channels, wanted ${behaviour.channels} or more`];
}

function checkHabits({ stays, returns }: Pick<CheckedScenario, 'stays' | 'returns'>, path: string): string[] {
  if (returns === undefined || stays !== undefined) return [];
  return [`"${path}returns" is ${quote(returns)}, wanted "${path}stays" beside it: nobody ever leaves`];
}

function checkDriver({ driver, behaviour, groups }: CheckedScenario): string[] {
  const behaviours = groups?.map((group) => group.behaviour) ?? (behaviour === undefined ? [] : [behaviour]);
  const unable = behaviours.find(({ kind }) => !ABILITIES[driver].includes(kind));
  if (unable === undefined) return [];
  const able = Object.entries(ABILITIES).flatMap(([name, kinds]) =>
    kinds.includes(unable.kind) ? [name] : [],
  );
  return [`"driver" is "${driver}", wanted one that can do "${unable.kind}": ${able.join(' or ')}`];
}

function checkFaults(scenario: CheckedScenario): string[] {
  const { faults, target } = scenario;
  const { hosts } = target;
  const counts = { worker: target.workers, broker: target.brokers, balancer: target.balancers };
  const seconds = measuredOnwards(scenario);
  return faults.flatMap((fault, n) => {
    const problems: string[] = [];
    const count = fault.do === 'drain' ? hosts : counts[fault.role];
    if (fault.at >= seconds) {
      problems.push(`"faults.${n}.at" is ${fault.at}, wanted less than ${seconds}, when the last phase ends`);
    }
    if (count === 0) problems.push(`"faults.${n}.role" is "${fault.role}", wanted a role that "target" has`);
    else if (fault.id !== undefined && fault.id >= count) {
      const whom = fault.do === 'drain' ? 'hosts' : `${fault.role}s`;
      problems.push(`"faults.${n}.id" is ${fault.id}, wanted 0 to ${count - 1}, one of the ${whom}`);
    }
    if (fault.do === 'drain' && hosts < 2) {
      problems.push(
        `"faults.${n}.do" is "drain", wanted beside "target.hosts" of 2 or more: users go to another`,
      );
    } else if (fault.do !== 'drain' && hosts > 1) {
      problems.push(`"faults.${n}.do" is "${fault.do}", wanted "drain": "target" has ${hosts} hosts`);
    }
    if (fault.do === 'roll' && (fault.role !== 'worker' || fault.id !== undefined)) {
      problems.push(
        `"faults.${n}.do" is "roll", wanted with neither "role" nor "id": it replaces all workers`,
      );
    }
    if (fault.do === 'drain' && fault.role !== 'worker') {
      problems.push(`"faults.${n}.do" is "drain", wanted without "role": it drains whole hosts`);
    }
    if (fault.do !== 'stop' && fault.for !== undefined) {
      problems.push(`"faults.${n}.for" is ${fault.for}, wanted only beside "do": "stop"`);
    }
    return problems;
  });
}

/** Seconds from the beginning of the first measured phase to the end of the last one. */
function measuredOnwards({ phases, duration = 0 }: CheckedScenario): number {
  if (phases === undefined) return Math.ceil(duration);
  const first = phases.findIndex(({ measured }) => measured);
  return first < 0
    ? Number.POSITIVE_INFINITY
    : phases.slice(first).reduce((sum, phase) => sum + phase.duration, 0);
}
