/** A profile out of what a file holds: a profile, or a scenario whose users are taken. */
import { ClusterError } from '../../../../server/errors/index.ts';
import { entry } from '../../../../server/process/index.ts';
import type { Scenario } from '../../../plan/index.ts';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import { given, habitsOf, type Profile, partsOf } from '../profile.ts';
import { problemsOf } from '../refusals.ts';
import { checkFields, type ProfileFields } from './schema.ts';

/** The file that it was found in. */
export interface Origin {
  /** What a profile is called that names itself nothing. */
  readonly name: string;
  readonly folder: string;
}

/** Behaviours that need no application. */
const WITHOUT_APPLICATION: readonly string[] = ['channels', 'idle'];

/**
 * Makes a profile of a value: of a scenario where it has a `target`.
 *
 * @throws ClusterError OPTION_INVALID with all problems, a line each.
 */
export function profileFrom(value: unknown, origin: Origin): Profile {
  const profile = isScenario(value) ? ofScenario(value, origin) : ofFields(value, origin);
  refuse(profile.name, problemsOf(profile));
  return profile;
}

function isScenario(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'target' in value;
}

function ofScenario(value: object, { folder }: Origin): Profile {
  resolvePlan(value);
  const scenario = value as Scenario; // As it was resolved.
  const { behaviour, connect, groups, name, question, target, users } = scenario;
  const { controller, options = {} } = target;
  return {
    ...{ name, question, users, controller, folder, options },
    ...given({ behaviour, groups, connect }),
    ...habitsOf(scenario),
  };
}

function ofFields(value: unknown, { folder, name: usualName }: Origin): Profile {
  const { fields, problems } = checkFields(value);
  if (fields === undefined) throw refusal(usualName, problems);
  const { name = usualName, question = `What users of "${name}" do.`, users, ...rest } = fields;
  checkUsers(name, fields);
  const { controller = entry('scenarios/controllers/channels.js'), ...others } = rest;
  // What was left open by the schema was checked as part of a scenario.
  const profile = { name, question, users: users ?? 1, controller, folder, ...given(others) } as Profile;
  const kinds = partsOf(profile).map(({ group }) => group.behaviour.kind);
  if (users === undefined && kinds.includes('channels')) {
    throw refusal(name, ['"users" is missing, wanted the number of users that "channels" is for']);
  }
  if (rest.controller === undefined && !kinds.every((kind) => WITHOUT_APPLICATION.includes(kind))) {
    throw refusal(name, ['"controller" is missing, wanted the application that answers its users']);
  }
  return profile;
}

/** Has a scenario with one such user checked. */
function checkUsers(name: string, fields: ProfileFields): void {
  const { behaviour, connect, groups, reconnects, returns, stalls, stays } = fields;
  const scenario = {
    ...{ name, question: name, users: 1, ramp: 1, duration: 1, rules: [] },
    ...given({ behaviour, connect, groups, reconnects, returns, stalls, stays }),
    driver: isForWebSockets(behaviour, groups) ? 'websocket' : 'socketcluster',
    target: { workers: 1, brokers: 1, controller: './none.js' },
  };
  try {
    resolvePlan(scenario);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    const start = `Cannot run scenario "${name}": `;
    const problems = error.message.split('\n').map((line) => line.replace(start, ''));
    throw refusal(name, problems, error);
  }
}

/** Users with plain messages get a better sentence than that their driver cannot send any. */
function isForWebSockets(behaviour: unknown, groups: unknown): boolean {
  const all: unknown[] = Array.isArray(groups) ? groups.map((group) => group?.behaviour) : [behaviour];
  return all.some((each) => (each as { kind?: unknown } | null | undefined)?.kind === 'messages');
}

function refuse(name: string, problems: readonly string[]): void {
  if (problems.length > 0) throw refusal(name, problems);
}

function refusal(name: string, problems: readonly string[], cause?: unknown): ClusterError {
  const sentences = problems.map((problem) => `Cannot use profile "${name}": ${problem}`);
  return new ClusterError(sentences.join('\n'), { code: 'OPTION_INVALID', cause });
}
