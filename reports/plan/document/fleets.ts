/** Fleets as a plan holds them: the layout of what `loadgen/capacity/tables` writes as JSON. */
import { z } from 'zod';

/** A positive quantity: median, 5 % and 95 % points, and the standard deviation of its natural logarithm. */
export const estimateSchema = z.object({
  median: z.number(),
  lower: z.number(),
  upper: z.number(),
  spread: z.number(),
});

/** How far a number of workers lies from those measured: to 1.5 times, to twice, or beyond. */
export const gradeSchema = z.enum(['interpolation', 'extrapolation', 'beyond']);

const rowSchema = z.object({
  type: z.string(),
  nodes: z.int().positive(),
  /** Of all hosts together. */
  workers: z.number(),
  /** Users that it carries at its target utilisation, with the loss of one host of several in mind. */
  users: estimateSchema,
  /** Users at which a limit binds on all hosts. */
  capacity: estimateSchema,
  /** Messages a second at the median of users. */
  messages: z.object({ in: z.number(), out: z.number() }),
  /** What binds first, and next. */
  binding: z.string(),
  runnerUp: z.string().optional(),
  limits: z.array(z.object({ name: z.string(), users: z.number() })).readonly(),
  /** Share of the capacity that is left. */
  headroom: z.number(),
  /** Hosts that may be lost. */
  survives: z.number(),
  /** US dollars a month. */
  monthly: z.number(),
  /** US dollars a month for a million users. */
  perMillion: estimateSchema,
  tier: z.enum(['T0', 'T1', 'T2', 'T3', 'T4']),
  grade: gradeSchema,
  spreads: z.object({ tier: z.number(), scaling: z.number() }),
  /** Why it may never be recommended; absent when it may be. */
  unfit: z.string().optional(),
  /** Whether no fleet that may be recommended carries as many for less. */
  isPareto: z.boolean(),
});

/** Fleets, by what a million users cost on them. */
export const fleetsSchema = z.object({
  version: z.number(),
  prices: z.object({ date: z.string(), source: z.string() }),
  rows: z.array(rowSchema.extend({ isRecommended: z.boolean() })).readonly(),
  /** Sentences about types that carry nobody. */
  leftOut: z.array(z.string()).readonly(),
  /** Sentences about what is taken for granted. */
  notes: z.array(z.string()).readonly(),
  /** The one measurement that would tell most. */
  next: z
    .object({
      kind: z.enum(['calibrate', 'measure']),
      type: z.string(),
      workers: z.number(),
      before: z.number(),
      after: z.number(),
      sentence: z.string(),
    })
    .nullable(),
  /** The smallest fleets for so many users; null when nobody asked. */
  needed: z
    .object({
      users: z.number(),
      chance: z.number(),
      fleets: z
        .array(
          z.object({
            row: rowSchema.partial({ isPareto: true }),
            chance: z.number(),
            isRecommended: z.boolean(),
          }),
        )
        .readonly(),
      leftOut: z.array(z.string()).readonly(),
    })
    .nullable(),
});

/** A quantity that is known within limits. */
export type PlanEstimate = z.infer<typeof estimateSchema>;

/** Fleets as a plan holds them. */
export type PlanFleets = z.infer<typeof fleetsSchema>;

/** One fleet of the table. */
export type PlanFleet = PlanFleets['rows'][number];

/** The smallest fleets for so many users. */
export type PlanNeeded = NonNullable<PlanFleets['needed']>;

/** What all fleets have, those of the table and those that are large enough. */
export type PlanRow = PlanNeeded['fleets'][number]['row'];
