/** Which agents there are, and whether they can be used: decided before anything is started. */
import { type Bus, type ClockEstimate, type Hello, hello, PROTOCOL, readAs } from '../../bus/index.ts';
import { toolVersion } from '../../host/index.ts';

/** How long answers are waited for, milliseconds. */
const ANSWER_WITHIN_MS = 1_000;

/**
 * How far the clock on the wall of an agent's host may be off, milliseconds. The run does not depend on it, but logs of
 * hosts whose clocks are further apart cannot be read beside each other, and certificates and tokens may not be valid.
 */
const MOST_CLOCK_OFFSET_MS = 1_000;

/** How long a question to an agent may be under way, both ways, milliseconds: half of it is the error of its clock. */
const MOST_ROUND_TRIP_MS = 100;

/** Asks until so many agents have answered, or the time is up. Sorted by name. */
export async function callRoll(
  bus: Bus,
  { least, withinMs }: { least: number; withinMs: number },
  signal: AbortSignal,
): Promise<Hello[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answers = await bus.requestAll(bus.subjects.roll, {}, ANSWER_WITHIN_MS);
    const agents = answers.flatMap((answer) => readAs(hello, answer) ?? []);
    if (agents.length >= least || performance.now() >= until || signal.aborted) {
      return agents.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    }
  }
}

/** Says in sentences which agents cannot be used. Empty: all can. */
export function checkRoll(
  agents: readonly Hello[],
  least: number,
  bus: Pick<Bus, 'complaint' | 'place'>,
): string[] {
  if (agents.length < least) {
    const found = agents.length === 0 ? 'none answers' : `only ${agents.length} answer`;
    const why = bus.complaint === '' ? '' : ` (${bus.complaint})`;
    return [
      `Cannot use agents at "${bus.place}": ${found}${why}, wanted ${least === 1 ? 'is one' : `are ${least}`} started with "scbench agent --nats …"`,
    ];
  }
  return agents.flatMap((agent, n) => [
    ...(agents.findIndex(({ name }) => name === agent.name) === n
      ? []
      : [`${cannot(agent)}: another one has the same name, wanted is a "--name" of its own`]),
    ...checkVersion(agent),
    ...(agent.busy === undefined
      ? []
      : [`${cannot(agent)}: it works for ${agent.busy}, wanted is a free one`]),
  ]);
}

/** Says in a sentence why an agent's clock cannot be used; nothing when it can. */
export function checkClock(
  agent: Pick<Hello, 'name'>,
  { wallOffsetMs, roundTripMs }: ClockEstimate,
): string[] {
  if (Math.abs(wallOffsetMs) > MOST_CLOCK_OFFSET_MS) {
    const off = `${(Math.abs(wallOffsetMs) / 1_000).toFixed(1)} s ${wallOffsetMs > 0 ? 'ahead of' : 'behind'} this one's`;
    return [
      `${cannot(agent)}: the clock of its host is ${off}, wanted is at most ${MOST_CLOCK_OFFSET_MS / 1_000} s`,
    ];
  }
  if (roundTripMs <= MOST_ROUND_TRIP_MS) return [];
  const trip = `a question takes ${roundTripMs.toFixed(0)} ms there and back`;
  return [`${cannot(agent)}: ${trip}, wanted is at most ${MOST_ROUND_TRIP_MS} ms to start in time`];
}

function checkVersion(agent: Hello): string[] {
  const tool = toolVersion();
  if (agent.tool === tool && agent.protocol === PROTOCOL) return [];
  const own = `wanted is ${tool} (protocol ${PROTOCOL}) as here`;
  return [`${cannot(agent)}: it is version ${agent.tool} (protocol ${agent.protocol}), ${own}`];
}

function cannot({ name }: Pick<Hello, 'name'>): string {
  return `Cannot use agent "${name}"`;
}
