/** What a plan tells of its traffic beyond what is counted: how large messages are, and how often the target pings. */
import { z } from 'zod';
import { schema } from '../../../../server/options/index.ts';
import type { Header } from '../../../results/index.ts';

/** Bytes of payload, and heartbeats. */
export interface Traffic {
  /** Mean payload of a message that is answered, as JSON; of a publication, its filler. 0 for none. */
  readonly messageBytes: number;
  readonly publicationBytes: number;
  /** Heartbeats of one user a second. */
  readonly pingsPerUser: number;
}

const gap = z.object({ mean: z.number().positive() });

const group = z.object({
  users: z.number(),
  behaviour: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['calls', 'ping-pong']), payload: z.unknown(), every: gap }),
    z.object({ kind: z.literal('messages'), message: z.string(), every: gap }),
    z.object({ kind: z.literal('channels'), payloadBytes: z.number(), publishers: z.number(), every: gap }),
    z.object({ kind: z.enum(['idle', 'custom']) }),
  ]),
});

const plan = z.object({ groups: z.array(group) });

/** Of a target that is not the run's own only its URL is there. */
const target = z.object({ target: z.object({ options: z.record(z.string(), z.unknown()) }) });

const MILLISECONDS = 1_000;

/** Reads it from the plan in a header. A plan of an unknown kind tells nothing. */
export function trafficOf({ plan: shown, generator }: Pick<Header, 'plan' | 'generator'>): Traffic {
  const groups = plan.safeParse(shown).data?.groups ?? [];
  return {
    messageBytes: meanBytes(groups.flatMap(messagesOf)),
    publicationBytes: meanBytes(groups.flatMap(publicationsOf)),
    pingsPerUser: generator.driver === 'websocket' ? 0 : MILLISECONDS / pingIntervalMs(shown),
  };
}

interface Stream {
  perSecond: number;
  bytes: number;
}

function messagesOf({ users, behaviour }: z.infer<typeof group>): Stream[] {
  if (!('every' in behaviour) || behaviour.kind === 'channels') return [];
  const text = behaviour.kind === 'messages' ? behaviour.message : (JSON.stringify(behaviour.payload) ?? '');
  return [{ perSecond: users / behaviour.every.mean, bytes: Buffer.byteLength(text) }];
}

function publicationsOf({ users, behaviour }: z.infer<typeof group>): Stream[] {
  if (behaviour.kind !== 'channels') return [];
  const { every, payloadBytes, publishers } = behaviour;
  return [{ perSecond: (users * publishers) / every.mean, bytes: payloadBytes }];
}

function meanBytes(streams: readonly Stream[]): number {
  const perSecond = streams.reduce((sum, stream) => sum + stream.perSecond, 0);
  if (perSecond === 0) return 0;
  return streams.reduce((sum, stream) => sum + stream.perSecond * stream.bytes, 0) / perSecond;
}

function pingIntervalMs(shown: Header['plan']): number {
  const { pingInterval } = schema.shape;
  const asked = target.safeParse(shown).data?.target.options['pingInterval'];
  return pingInterval.safeParse(asked).data ?? pingInterval.parse(undefined);
}
