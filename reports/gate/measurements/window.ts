/**
 * What one window tells: everything a verdict needs, and everything that says whether the window counts. Read
 * from files too, so its shape is checked.
 */
import { z } from 'zod';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

/** A quarter of a second of a window, or longer where a quarter holds fewer than a thousand messages. */
const sliceSchema = z.object({ messages: count, p50Ms: amount, p99Ms: amount });

/** Messages of a window by what became of them. */
const messagesSchema = z.object({
  /** What the schedule asked for. */
  offered: count,
  sent: count,
  answered: count,
  /** Not answered, and the target said why. */
  dropped: count,
  /** Not answered or not delivered, and nobody knows why. */
  lost: count,
  duplicated: count,
  reordered: count,
  /** Errors and connections that had to be made again. */
  troubles: count,
});

/** What the server's whole process tree used. */
const serverSchema = z.object({
  /** User and system time. */
  cpuMicros: amount,
  /** Smallest step of that time: 10,000 where the kernel counts in ticks of a hundredth of a second. */
  cpuStepMicros: amount,
  /** In user mode; absent where the host counts none. */
  instructions: amount.optional(),
  allocatedBytes: amount.optional(),
  gcMicros: amount.optional(),
});

/** What the load generator says of itself. */
const generatorSchema = z.object({
  /** Share of its core, 0 to 1. */
  cpuShare: amount,
  latenessP99Ms: amount,
  latenessMaxMs: amount,
});

export const windowSchema = z.object({
  seconds: amount,
  messages: messagesSchema,
  server: serverSchema,
  generator: generatorSchema,
  /** Share of the time, 0 to 1, in which the server's core was stolen or the server waited for it unwillingly. */
  waitingShare: amount,
  slices: z.array(sliceSchema).optional(),
  /** Response times of the window: HDR V2, compressed, base64. */
  response: z.string().optional(),
});

/**
 * How a window loads the server: with a constant number of messages under way until a fixed number is answered,
 * or at a constant rate, whatever the answers do.
 */
export const modes = ['fixed', 'open'] as const;

export type Mode = (typeof modes)[number];

/** A slice of a window at a constant rate. */
export type Slice = z.infer<typeof sliceSchema>;

/** What one window tells. */
export type Window = z.infer<typeof windowSchema>;

/** Gives the length of slices at a rate, in milliseconds: a p99 wants ten messages beyond it. */
export function sliceMs(perSecond: number): number {
  return Math.max(250, Math.ceil(1_000_000 / perSecond));
}
