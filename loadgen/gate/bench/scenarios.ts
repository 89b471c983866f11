/** What the gate loads servers with. Kept small: a scenario of the gate answers one question, whether a build costs more. */
import { ClusterError } from '../../../server/errors/index.ts';
import type { PlannedBehaviour } from '../../plan/index.ts';

/** One kind of load. */
export interface GateScenario {
  readonly name: string;
  readonly question: string;
  /** Connections to each build. */
  readonly users: number;
  /** Messages under way while the work is fixed. */
  readonly inFlight: number;
  /** Deliveries that make up the answer to one message. */
  readonly deliveries: number;
  readonly behaviour: PlannedBehaviour;
}

const USERS = 200;
const SUBSCRIBERS = 4;
const PAYLOAD_BYTES = 64;

/** The bench has a pace of its own. */
const every = { mean: 1, shape: 'constant', spread: 0 } as const;

const scenarios: readonly GateScenario[] = [
  {
    name: 'ping-pong',
    question: 'What does a call and its response cost?',
    users: USERS,
    inFlight: 64,
    deliveries: 1,
    behaviour: {
      kind: 'calls',
      event: 'ping',
      payload: { message: 'This is a PING message', sentBy: 'virtual user' },
      every,
      model: 'open',
    },
  },
  {
    name: 'channels',
    question: 'What does a publication to four subscribers cost, from worker to broker and back?',
    users: USERS,
    inFlight: 32,
    deliveries: SUBSCRIBERS,
    behaviour: {
      kind: 'channels',
      channels: USERS / SUBSCRIBERS,
      channelsOf: '',
      subscriptions: 1,
      popularity: 'even',
      subscribers: 1,
      publishers: 1 / SUBSCRIBERS,
      publishTo: 'own',
      payloadBytes: PAYLOAD_BYTES,
      every,
    },
  },
];

/** Names of all scenarios of the gate, the one that is taken unless another is named first. */
export const scenarioNames: readonly string[] = scenarios.map(({ name }) => name);

/** Finds a scenario. @throws ClusterError OPTION_INVALID for a name the gate does not have. */
export function findScenario(name: string): GateScenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario !== undefined) return scenario;
  throw new ClusterError(`Cannot gate scenario "${name}": wanted is one of ${scenarioNames.join(', ')}`, {
    code: 'OPTION_INVALID',
  });
}
