/** What a plan tells of its traffic beyond what is counted: how large messages are, and how often the target pings. */
import { z } from 'zod';
import { schema } from '../../../../server/options/index.ts';
import type { Header } from '../../../results/index.ts';
import { type MessageBytes, messageBytes } from '../../wire/index.ts';

/** Bytes on the wire, and heartbeats. */
export interface Traffic {
  /** Means of a message that is answered, and of its answer. 0 for none. */
  readonly message: MessageBytes;
  /** Means of a publication, and of its delivery. 0 for none. */
  readonly publication: MessageBytes;
  /** Heartbeats of one user a second. */
  readonly pingsPerUser: number;
  /** Most messages in either direction by which a user comes and goes, the mean of all users. */
  readonly perConnect: number;
}

const gap = z.object({ mean: z.number().positive() });
const event = z.string().optional();

const group = z.object({
  users: z.number(),
  behaviour: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('calls'), event, payload: z.unknown(), every: gap }),
    z.object({ kind: z.literal('ping-pong'), event, reply: event, payload: z.unknown(), every: gap }),
    z.object({ kind: z.literal('messages'), message: z.string(), every: gap }),
    z.object({
      kind: z.literal('channels'),
      payloadBytes: z.number(),
      publishers: z.number(),
      subscriptions: z.number().default(0),
      every: gap,
    }),
    z.object({ kind: z.enum(['idle', 'custom']) }),
  ]),
});

const plan = z.object({ groups: z.array(group) });

/** Of a target that is not the run's own only its URL is there. */
const target = z.object({ target: z.object({ options: z.record(z.string(), z.unknown()) }) });

const MILLISECONDS = 1_000;

/** A handshake, a heartbeat before the first that is due, and a farewell; subscriptions come on top. */
const COMING_AND_GOING = 3;

/** Reads it from the plan in a header. A plan of an unknown kind tells nothing. */
export function trafficOf({ plan: shown, generator }: Pick<Header, 'plan' | 'generator'>): Traffic {
  const groups = plan.safeParse(shown).data?.groups ?? [];
  const streams = groups.flatMap(streamOf);
  return {
    message: meanOf(streams.filter(({ isPublished }) => !isPublished)),
    publication: meanOf(streams.filter(({ isPublished }) => isPublished)),
    pingsPerUser: generator.driver === 'websocket' ? 0 : MILLISECONDS / pingIntervalMs(shown),
    perConnect: COMING_AND_GOING + subscriptionsOf(groups),
  };
}

interface Stream {
  isPublished: boolean;
  perSecond: number;
  bytes: MessageBytes;
}

/** Of a user, the mean of all. */
function subscriptionsOf(groups: readonly z.infer<typeof group>[]): number {
  const users = groups.reduce((sum, each) => sum + each.users, 0);
  const all = groups.reduce((sum, each) => {
    return sum + each.users * ('subscriptions' in each.behaviour ? each.behaviour.subscriptions : 0);
  }, 0);
  return users === 0 ? 0 : all / users;
}

/** How often a function of one's own speaks nobody knows before: each of its users is taken to do so once a second. */
function streamOf({ users, behaviour }: z.infer<typeof group>): Stream[] {
  if (behaviour.kind === 'idle') return [];
  const { publishers, every } = { publishers: 1, every: { mean: 1 }, ...behaviour };
  const perSecond = (users * publishers) / every.mean;
  return [{ isPublished: behaviour.kind === 'channels', perSecond, bytes: messageBytes(behaviour) }];
}

function meanOf(streams: readonly Stream[]): MessageBytes {
  const whole = streams.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const mean = (read: (bytes: MessageBytes) => number): number =>
    whole === 0 ? 0 : streams.reduce((sum, { bytes, perSecond }) => sum + perSecond * read(bytes), 0) / whole;
  return { inbound: mean(({ inbound }) => inbound), delivery: mean(({ delivery }) => delivery) };
}

function pingIntervalMs(shown: Header['plan']): number {
  const { pingInterval } = schema.shape;
  const asked = target.safeParse(shown).data?.target.options['pingInterval'];
  return pingInterval.safeParse(asked).data ?? pingInterval.parse(undefined);
}
