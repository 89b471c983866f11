/** What users do, apart from how many there are: a planner asks it of any number of them. */
import { z } from 'zod';

const positive = z.number().positive();

/** Users that speak in turn and are answered. */
const asking = z.strictObject({
  kind: z.enum(['ping-pong', 'calls']),
  /** Data of each message, any JSON value. */
  payload: z.json(),
  /** Mean seconds between two messages of one user. */
  every: positive,
});

/** Users that publish to channels and subscribe to them; channels come with users, so that each keeps its audience. */
const publishing = z.strictObject({
  kind: z.literal('channels'),
  /** Channels that each user subscribes to. */
  subscriptions: z.int().positive(),
  /** Mean subscribers of a publication. */
  fanOut: positive,
  /** Mean seconds between two publications of one user. */
  every: positive,
  /** Filler text of a publication, bytes. */
  payloadBytes: z.int().nonnegative(),
});

/** Users that only connect and stay. */
const silent = z.strictObject({ kind: z.literal('idle') });

/** Layout of a profile in a file. Times are seconds. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** Whom it stands for, one line. */
  question: z.string().min(1),
  behaviour: z.discriminatedUnion('kind', [asking, publishing, silent]),
  /** Mean time that a user stays and is away, drawn anew each time. Absent: users stay to the end. */
  churn: z.strictObject({ stays: positive, away: positive }).optional(),
  /** Milliseconds between two heartbeats of the server. Default 8,000, the server's own. */
  pingInterval: z.int().min(1_000).optional(),
  /** Application of the server, relative to the file. Default: one that answers what the behaviour asks. */
  controller: z.string().min(1).optional(),
});

/** A profile as it stands in a file. */
export type ProfileFile = z.infer<typeof profileSchema>;

/** A profile. */
export interface Profile extends ProfileFile {
  /** Where its application is. */
  readonly folder: string;
  readonly controller: string;
}

/** The server's own, milliseconds. */
export const USUAL_PING_INTERVAL_MS = 8_000;
