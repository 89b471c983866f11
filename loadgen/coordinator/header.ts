/** The first line of a run record: everything that was decided before the start. */
import { readHost } from '../doctor/index.ts';
import { type Precedence, toolVersion } from '../host/index.ts';
import { meanArrivalRate, type Plan, planHash, plannedIn } from '../plan/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';
import { REDACTED, redactData, redactHeaders, redactText, redactUrl } from '../plan/secrets/index.ts';
import {
  type AgentFacts,
  type Forecast,
  type Header,
  type Profile,
  RECORD_VERSION,
} from '../results/index.ts';
import { announceFaults } from './faults/index.ts';
import type { ProfiledProcess } from './prepare/index.ts';
import type { Target } from './target.ts';

/** What a header is made of. */
export interface HeaderParts {
  resolved: Resolved;
  target: Target;
  generator: {
    processes: number;
    sourceAddresses: readonly string[];
    precedence?: Precedence;
    agents?: AgentFacts[] | undefined;
  };
  /** The command that repeats the run. */
  command: string;
  forecast?: Forecast | undefined;
  profile?: ProfiledProcess | undefined;
  /** The common start, milliseconds since the epoch. */
  startAt: number;
}

/** Makes the header of a run. */
export function makeHeader({ resolved, target, generator, command, ...parts }: HeaderParts): Header {
  const { forecast, profile, startAt } = parts;
  const { plan, question, rules, messagesPerSecond } = resolved;
  const { workers, brokers, balancers } = resolved.target;
  const isOwn = target.stateUrl !== undefined;
  return {
    type: 'header',
    version: RECORD_VERSION,
    tool: toolVersion(),
    scenario: plan.scenario,
    question: redactText(question),
    seed: plan.seed,
    startedAt: new Date(startAt).toISOString(),
    command,
    users: plan.users,
    ramp: meanArrivalRate(plan),
    messagesPerSecond,
    phases: phasesOf(plan),
    plan: shownPlan(resolved, target),
    planHash: planHash(plan),
    rules: rules.map(({ rule }) => rule),
    faults: announceFaults(resolved),
    target: { url: redactUrl(target.url), own: isOwn, workers, brokers, balancers },
    generator: {
      processes: generator.processes,
      sourceAddresses: generator.sourceAddresses.length,
      driver: resolved.driver,
      precedence: generator.precedence ?? 'normal',
      ...(generator.agents && { agents: generator.agents }),
    },
    host: readHost(),
    ...(forecast && { forecast }),
    ...(profile && { profile: profileOf(profile) }),
  };
}

/** The plan for people to read, to whom its secrets are none of their business. */
function shownPlan({ plan, http, target }: Resolved, { url, stateUrl }: Target): Header['plan'] {
  const { arrivals, groups, phases, answerWithin } = plan;
  return {
    ...{ arrivals, phases, answerWithin },
    groups: redactData(groups),
    ...(http === null ? {} : { http: shownHttp(http) }),
    target: stateUrl === undefined ? redactUrl(url) : redactData(target),
  };
}

/** A body may be a login in any form. */
function shownHttp(http: NonNullable<Resolved['http']>): object {
  const { path, headers, body } = http;
  return {
    ...http,
    path: redactUrl(path),
    headers: redactHeaders(headers),
    body: body === '' ? '' : REDACTED,
  };
}

/** What a record says of the profile: not how it was taken. */
function profileOf({ tool, role, id, file }: ProfiledProcess): Profile {
  return { tool, role, id, ...(file === undefined ? {} : { file }) };
}

/** The phases as a record has them, each with what is planned to leave in it if that is known. */
function phasesOf(plan: Plan): Header['phases'] {
  const planned = plannedIn(plan);
  return plan.phases.map(({ name, start, end, measured, pace }, n) => {
    const count = planned[n];
    return {
      ...{ name, start, end, measured },
      ...(count === undefined ? {} : { planned: count }),
      ...(pace.from === pace.to ? {} : { pace }),
    };
  });
}
