/**
 * All agents of a run: found, checked, hired together or not at all, given the same bundle, and let go. To the rest of
 * the coordinator their load processes are like those of this host.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { ClusterError } from '../../../server/errors/index.ts';
import type { Child } from '../../../server/process/index.ts';
import { type Bundle, seal } from '../../bundle/index.ts';
import {
  type Bus,
  type BusAddress,
  type Hello,
  joinBus,
  leaseAnswer,
  PROTOCOL,
  readAs,
} from '../../bus/index.ts';
import { processClockMs, toolVersion } from '../../host/index.ts';
import type { Share } from '../../plan/index.ts';
import type { AgentFacts } from '../../results/index.ts';
import { type Dealt, deal } from './deal.ts';
import { RemoteAgent } from './remote-agent.ts';
import { callRoll, checkClock, checkRoll } from './roll.ts';

/** What is asked for on the command line. */
export interface AgentsRequest {
  address: BusAddress;
  /** How many agents are waited for, a minute at most. Default: whoever answers within some seconds, one at least. */
  least?: number | undefined;
}

/** The run they are wanted for. */
export interface Engagement {
  scenario: string;
  users: number;
  leastProcesses: number;
  /** Whether the target is reached over loopback. */
  loopback: boolean;
}

const ID_BYTES = 8;
/** Time for an answer, milliseconds. */
const ANSWER_WITHIN_MS = 5_000;
/** How long a number of agents that was asked for is waited for, milliseconds. */
const GATHER_WITHIN_MS = 60_000;
/** Pause between two looks at the clocks during the run, milliseconds. */
const CLOCK_EVERY_MS = 1_000;
const DECIMALS = 1_000;
const MILLISECONDS = 1_000;

/**
 * Hires all agents that answer.
 *
 * @throws ClusterError BUS_UNREACHABLE, AGENT_UNFIT with a sentence for each agent that cannot be used, LIMIT_EXCEEDED.
 */
export async function hireAgents(
  { address, least }: AgentsRequest,
  engagement: Engagement,
  signal: AbortSignal,
): Promise<Hired> {
  const coordinator = `${hostname()}:${process.pid}`;
  const bus = await joinBus(address, `scbench run ${coordinator}`);
  const agents: RemoteAgent[] = [];
  const hired = new Hired(bus, agents);
  try {
    const wanted = { least: least ?? 1, withinMs: least === undefined ? ANSWER_WITHIN_MS : GATHER_WITHIN_MS };
    const found = await callRoll(bus, wanted, signal);
    refuse(bus, coordinator, found, checkRoll(found, wanted.least, bus));
    const dealt = deal({ ...engagement, agents: found });
    if (dealt.problems.length > 0)
      throw new ClusterError(dealt.problems.join('\n'), { code: 'LIMIT_EXCEEDED' });
    hired.fit = dealt;
    for (const hello of found)
      agents.push(await lease(bus, hello, { coordinator, scenario: engagement.scenario }));
    await hired.synchronize();
    refuse(
      bus,
      coordinator,
      found,
      agents.flatMap((agent) => checkClock(agent.hello, agent.clock)),
    );
    return hired;
  } catch (error) {
    await hired.release();
    throw error;
  }
}

export class Hired {
  /** How the users are dealt out. */
  fit: Dealt = { processes: 0, usersPerProcess: 0, sourceAddresses: [], problems: [], hands: [] };
  readonly #bus: Bus;
  readonly #agents: readonly RemoteAgent[];
  #watching: NodeJS.Timeout | undefined;
  #released: Promise<void> | undefined;

  constructor(bus: Bus, agents: readonly RemoteAgent[]) {
    this.#bus = bus;
    this.#agents = agents;
  }

  /** Has all agents agree to what is to be run. @throws ClusterError when one does not. */
  async agree(bundle: Bundle): Promise<void> {
    const sealed = seal(bundle);
    await Promise.all(this.#agents.map((agent) => agent.agree(sealed, bundle.planHash)));
  }

  /** Starts the load process of a share, on the host it was dealt to. */
  readonly start = ({ process, processes }: Share): Promise<Child> => {
    const { hands } = this.fit;
    const at = hands.findIndex((hand) => hand.processes.includes(process));
    const [agent, hand] = [this.#agents[at], hands[at]];
    if (agent === undefined || hand === undefined)
      throw new TypeError(`Cannot start load process ${process}: not dealt`);
    return agent.start(process, processes, hand.sourceAddresses);
  };

  /** Asks all agents for the time. @throws ClusterError AGENT_LOST when one does not answer. */
  async synchronize(): Promise<void> {
    // One after the other: exchanges that meet on this process's loop are slower.
    for (const agent of this.#agents) {
      await agent.synchronize().catch((error: unknown) => {
        throw new ClusterError(`Lost agent "${agent.hello.name}": it does not tell the time`, {
          code: 'AGENT_LOST',
          cause: error,
        });
      });
    }
  }

  /** Goes on asking for the time, and says in a sentence when NATS was away and is there again. */
  watch(say: (text: string) => void): void {
    this.#watching = setInterval(() => {
      for (const agent of this.#agents) void agent.watchClock();
    }, CLOCK_EVERY_MS);
    let awaySince = 0;
    this.#bus.onChange((isConnected) => {
      if (!isConnected) awaySince = processClockMs();
      else
        say(
          `NATS was away for ${formatSeconds(processClockMs() - awaySince)}; what was said meanwhile came late`,
        );
    });
  }

  /** Who they are, for the record. */
  facts(): AgentFacts[] {
    return this.#agents.map(({ hello: { name, room }, clock }, n) => ({
      name,
      processes: this.fit.hands[n]?.processes ?? [],
      host: {
        cpus: room.cpus,
        model: room.model,
        memoryGB: room.memoryGB,
        kernel: room.kernel,
        node: room.node,
        fdLimit: room.fdLimit,
      },
      clock: { offsetMs: rounded(clock.wallOffsetMs), errorMs: rounded(clock.errorMs) },
    }));
  }

  /** How far times by each agent's clock may have been off so far, milliseconds. */
  clockErrors(): number[] {
    return this.#agents.map(({ clockErrorMs }) => rounded(clockErrorMs));
  }

  /** Lets all of them go. May be called again. */
  release(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    clearInterval(this.#watching);
    await Promise.all(this.#agents.map((agent) => agent.release()));
    await this.#bus.close();
  }
}

async function lease(
  bus: Bus,
  hello: Hello,
  { coordinator, scenario }: { coordinator: string; scenario: string },
): Promise<RemoteAgent> {
  const line = randomBytes(ID_BYTES).toString('hex');
  const agent = new RemoteAgent(bus, hello, line);
  await bus.flush();
  const request = { tool: toolVersion(), protocol: PROTOCOL, coordinator, scenario, line };
  const answer = await bus
    .request(bus.subjects.agent(hello.id).lease, request, ANSWER_WITHIN_MS)
    .catch((error: unknown) => ({ refused: `it does not answer any more (${String(error)})` }));
  const { refused } = readAs(leaseAnswer, answer) ?? { refused: 'its answer cannot be read' };
  if (refused === undefined) return agent;
  agent.close();
  throw new ClusterError(`Cannot use agent "${hello.name}": ${refused}`, { code: 'AGENT_UNFIT' });
}

/** Tells everybody what is in the way of all, on both sides. */
function refuse(bus: Bus, coordinator: string, agents: readonly Hello[], problems: readonly string[]): void {
  if (problems.length === 0) return;
  for (const { id, name } of agents) {
    const why = problems.filter((problem) => problem.includes(`"${name}"`)).join('; ');
    if (why !== '') bus.publish(bus.subjects.agent(id).notice, { coordinator, why });
  }
  throw new ClusterError(problems.join('\n'), { code: 'AGENT_UNFIT' });
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * DECIMALS) / DECIMALS;
}

function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / MILLISECONDS).toFixed(1)} s`;
}
