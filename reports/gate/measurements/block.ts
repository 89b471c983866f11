/** What one block leaves behind: every window of it, those that were measured again included. */
import { z } from 'zod';
import { modes, windowSchema } from './window.ts';

const arm = z.enum(['base', 'candidate']);
const ordinal = z.int().positive();

const entrySchema = z.object({
  mode: z.enum(modes),
  /** Place of the window in its mode, from 0. */
  position: z.int().nonnegative(),
  arm,
  /** 1, or more where its pair was disturbed and measured again. */
  attempt: ordinal,
  window: windowSchema,
});

const breakdownSchema = z.object({
  arm,
  /** As "1 of its 4 processes ended". */
  why: z.string(),
});

export const blockSchema = z.object({
  /** Place in the schedule, from 0. */
  index: z.int().nonnegative(),
  /** 1, or more where the whole block was given up and measured again. */
  attempt: ordinal,
  /** In the order of time. */
  entries: z.array(entrySchema),
  /** Bytes for each idle connection. */
  memory: z.record(arm, z.number().positive()).optional(),
  /** What ended the block: the server of a build ended under load. Absent where both held. */
  breakdown: breakdownSchema.optional(),
});

/** One window of a block with its place. */
export type Entry = z.infer<typeof entrySchema>;

/** A server that ended under load. */
export type Breakdown = z.infer<typeof breakdownSchema>;

/** One block: a fresh process for each build, loaded in turn. */
export type Block = z.infer<typeof blockSchema>;
