/**
 * Seconds → summary. Figures are taken from the measured phases; a run that never got to one is summarized
 * over all its seconds, and its verdict says so.
 */
import { agentsOf, crossingErrorMs, startOf } from '../agents/index.ts';
import { eachTimed } from '../measure.ts';
import type { Final, Header, HttpRecord } from '../record/index.ts';
import { HTTP_ID, type Second } from '../second.ts';
import { serversOf } from '../servers/index.ts';
import type { FanoutTimes, Summary } from '../summary.ts';
import { isMeasured, type Timeline } from '../timeline.ts';
import { hostOf, othersOf } from './host.ts';
import { httpOf } from './http.ts';
import { phasesOf, timesOf } from './phases.ts';
import { generatorOf, imbalance, roleOf, targetOf, workerNames, workerOf } from './processes.ts';
import { FREE, type PhaseSpan, scheduleOf, scheduleOfVersion1 } from './schedule.ts';
import { slowWorkers } from './slow-workers.ts';
import { highest, joined, type Span, spansOf, sum, thrownIn, wholeSpan } from './span.ts';

type Ending = Omit<Final, 'type'>;

/** What a run is summed up from. */
interface RunParts {
  header: Header;
  timeline: Timeline;
  ending: Ending;
  http?: HttpRecord | undefined;
}

/** Sums a run up. What only the load processes' own totals tell (in flight) is 0 without them. */
export function summarizeRun({ header, timeline, ending, http }: RunParts): Summary {
  const spans = spansOf(timeline);
  const whole = wholeSpan(timeline, spans);
  const parts = partsOf(header, spans);
  const measuredParts = parts.filter(({ phase, span }) => isMeasured(phase) && span.seconds.length > 0);
  const measured = measuredParts.length > 0 ? joined(measuredParts.map(({ span }) => span)) : whole;
  const names = workerNames(whole);
  const workers = names.map((id) => workerOf(id, whole, measured));
  const servers = serversOf({ workers, seconds: measured.seconds });
  const messages = messagesOf(header, { whole, measured, totals: ending.totals });
  const schedule =
    header.version === 1
      ? scheduleOfVersion1(header, messages, ending.seconds)
      : scheduleOf(measuredParts.length > 0 ? measuredParts : parts);
  const users = usersOf(header, whole.seconds);
  const target = targetOf(measured);
  const generator = generatorWith(header, { whole, measured }, ending);
  // Older records do not tell what the HTTP requests cost.
  const isWhole = http === undefined || generator.processes.some(({ id }) => id === HTTP_ID);
  const ownCores = isWhole ? coresHere(header, target, generator) : undefined;
  return {
    version: 2,
    scenario: header.scenario,
    seed: header.seed,
    startedAt: header.startedAt,
    seconds: ending.seconds,
    verdict: ending.verdict,
    rules: ending.rules,
    ...findingsOf(measured, { users, generator }),
    users,
    messages,
    schedule,
    latencyMs: latencyOf(measured, whole),
    ...fanoutOf(measured),
    ...(http && { http: httpOf(http) }),
    phases: phasesOf(parts, names, (part) => {
      if (header.version !== 1) return scheduleOf([part]);
      return isMeasured(part.phase) ? schedule : FREE;
    }),
    workers,
    ...(servers && { servers }),
    balance: { connections: imbalance(workers.map(({ connections }) => connections)) },
    brokers: roleOf('broker', measured),
    balancers: roleOf('balancer', measured),
    target,
    generator,
    ...(header.forecast && { forecast: header.forecast }),
    ...(header.profile && { profile: header.profile }),
    host: {
      ...header.host,
      ...hostOf(whole, measured),
      ...othersOf(measured, { cpus: header.host.cpus, ownCores }),
    },
  };
}

/** Cores of all processes of a run that is on this host as a whole; undefined where others have a part in it. */
function coresHere(
  header: Header,
  target: Summary['target'],
  generator: Summary['generator'],
): number | undefined {
  const isHere = header.target.own && header.generator.agents === undefined;
  return isHere && target.cpuCores !== null ? target.cpuCores + generator.cpuCores : undefined;
}

/** What measuring cost, and on which hosts. */
function generatorWith(
  header: Header,
  spans: { whole: Span; measured: Span },
  ending: Ending,
): Summary['generator'] {
  const { agents } = header.generator;
  const startLateMs = startOf(ending);
  const { seconds, measure } = spans.measured;
  return {
    ...generatorOf(header, spans),
    ...(startLateMs && { startLateMs }),
    ...(agents && { agents: agentsOf({ agents, ending, seconds, lateness: measure.lateness }) }),
  };
}

function findingsOf(
  measured: Span,
  { users, generator }: Pick<Summary, 'users' | 'generator'>,
): Pick<Summary, 'findings'> {
  const findings = [
    ...slowWorkers(measured.measure.byWorker),
    ...brokenBehaviours(users),
    ...crossingTimes(measured, generator),
  ];
  return findings.length > 0 ? { findings } : {};
}

/** A publication leaves by one clock and arrives by another: no figure of it is better than they are. */
function crossingTimes({ measure }: Span, { agents = [] }: Summary['generator']): string[] {
  const error = crossingErrorMs(agents);
  if (error === 0 || measure.times.push === undefined) return [];
  const rounded = Number(error.toPrecision(2));
  return [
    `Times from publisher to subscriber may be off by ± ${rounded} ms: they begin and end by clocks of different hosts`,
  ];
}

/** A behaviour that throws stops acting, and nothing else would tell why its messages are missing. */
function brokenBehaviours({ thrown }: Summary['users']): string[] {
  const names = Object.entries(thrown).sort(([one], [other]) => (one < other ? -1 : 1));
  if (names.length === 0) return [];
  const causes = names.map(([name, count]) => `${name} ${count}`).join(', ');
  return [`Behaviours of the scenario's own ended with an error: ${causes}`];
}

function partsOf({ phases }: Header, spans: readonly Span[]): PhaseSpan[] {
  return phases.flatMap((phase, index) => {
    const span = spans[index];
    return span === undefined ? [] : [{ phase, span }];
  });
}

function usersOf(header: Header, seconds: readonly Second[]): Summary['users'] {
  const last = seconds.at(-1);
  return {
    target: header.users,
    peak: highest(seconds.map(({ users }) => users.open)),
    failed: { ...last?.failedSoFar },
    dropped: { ...last?.droppedSoFar },
    thrown: thrownIn(seconds),
    left: sum(seconds.map(({ users }) => users.left)),
    returned: sum(seconds.map(({ users }) => users.returned)),
  };
}

function messagesOf(
  { version }: Header,
  { whole, measured, totals }: { whole: Span; measured: Span; totals: Ending['totals'] },
): Summary['messages'] {
  const { answered, ...counts } = whole.counts;
  const known = totals.filter((each) => each !== null);
  return {
    ...counts,
    received: answered,
    inFlight: sum(known.map(({ inFlight }) => inFlight)),
    unsent: sum(whole.seconds.map(({ unsent }) => unsent)),
    // The windows of version 1 did not count publications.
    published: version === 1 ? sum(known.map(({ published }) => published)) : counts.published,
    perSecond: measured.counts.answered / measured.length,
    pushesPerSecond: measured.counts.pushed / measured.length,
  };
}

/** Connections come and go when they do, most of them before anything is measured. */
function latencyOf(measured: Span, whole: Span): Summary['latencyMs'] {
  const { connect: _connect, arrival: _arrival, recovery: _recovery, ...times } = timesOf(measured);
  const { connect, arrival, recovery } = timesOf(whole);
  return {
    ...times,
    ...(connect && { connect }),
    ...(arrival && { arrival }),
    ...(recovery && { recovery }),
  };
}

function fanoutOf({ measure }: Span): { fanoutMs?: FanoutTimes } {
  const { first, median, last } = eachTimed(measure.times, ['first', 'median', 'last'], (times) => times);
  return first && median && last ? { fanoutMs: { first, median, last } } : {};
}
