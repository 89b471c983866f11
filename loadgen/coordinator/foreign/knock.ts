/** Whether a target speaks what the users are going to speak, asked before there is any load. */
import { ClusterError } from '../../../server/errors/index.ts';
import { CONNECT_WITHIN } from '../../agent/index.ts';
import type { ConnectSpec, DriverName, PlannedBehaviour } from '../../plan/index.ts';
import { redactUrl } from '../../plan/secrets/index.ts';
import { attempt } from './attempt.ts';
import { explainHandshake, explainUpgrade } from './explain.ts';
import type { ForeignTarget } from './find.ts';

/** What the users are going to be. */
export interface Visit {
  target: ForeignTarget;
  driver: DriverName;
  connect: ConnectSpec;
  /** Whether any certificate is taken. */
  insecure: boolean;
  behaviours: readonly PlannedBehaviour[];
}

/** Time for a handshake, milliseconds. */
const ANSWER_WITHIN_MS = 5_000;
/** Time to see that a message is not answered, which is no fault by itself, milliseconds. */
const MESSAGE_WITHIN_MS = 500;
/** Codes with which SocketCluster ends a connection whose first message is no handshake. */
const NO_HANDSHAKE = ['close-4005', 'close-4008', 'close-4009'];

/**
 * Refuses a target that speaks another protocol, or says nothing in the seconds after which each of its users would
 * have failed. One that is not there is for the run to count: users may be refused by hundreds and the record is to
 * say so.
 *
 * @throws ClusterError TARGET_UNREACHABLE with what it is and what was wanted.
 */
export async function checkTarget(
  { behaviours, ...visit }: Visit,
  { connectWithin = CONNECT_WITHIN } = {},
): Promise<void> {
  const { target, driver } = visit;
  const usual = { ...visit, behaviour: { kind: 'idle' } as const, withinMs: ANSWER_WITHIN_MS };
  const upgrade = await attempt({ ...usual, driver: 'websocket', withinMs: connectWithin * 1_000 });
  const strange = explainUpgrade(upgrade, connectWithin);
  if (strange !== undefined) throw unusable(target, strange);
  if (upgrade !== 'open') return;
  if (driver !== 'websocket') {
    const handshake = await attempt({ ...usual, driver: 'socketcluster' });
    if (handshake !== 'open') throw unusable(target, explainHandshake(handshake));
    return;
  }
  const behaviour = behaviours.find(({ kind }) => kind === 'messages');
  if (behaviour === undefined) return;
  const answer = await attempt({ ...usual, behaviour, sends: true, withinMs: MESSAGE_WITHIN_MS });
  if (!NO_HANDSHAKE.includes(answer)) return;
  const code = answer.replace('close-', '');
  throw unusable(
    target,
    `it ended the connection with code ${code} as SocketCluster servers do, wanted is --driver socketcluster`,
  );
}

function unusable({ url }: ForeignTarget, why: string): ClusterError {
  return new ClusterError(`Cannot use target "${redactUrl(url)}": ${why}`, { code: 'TARGET_UNREACHABLE' });
}
