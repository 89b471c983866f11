/**
 * What a capacity plan says, as plain data: whoever measured fills it in, pages and texts read it and calculate nothing.
 * Loads are messages scheduled a second, times milliseconds, sizes bytes, shares and chances of 1, money US dollars.
 * Intervals are of 90 %. What a plan that was interrupted did not come to is null, or an empty list.
 */
import { z } from 'zod';
import { estimateSchema, fleetsSchema, gradeSchema } from './fleets.ts';

/** Version of the layout; it grows when a field changes its meaning or goes. */
export const PLAN_VERSION = 1;

const trialSchema = z.object({
  /** Number in its search, from 1. */
  trial: z.int().positive(),
  /** `ramp`, `recovery`, `reference`, `locate`, `limits` or `confirm`. */
  phase: z.string(),
  load: z.number(),
  users: z.number(),
  ok: z.boolean(),
  /** Of the scheduled messages: in time. */
  share: z.number().nullable(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
  /** Sentences about why the objective was not met. */
  reasons: z.array(z.string()).readonly(),
  /** Sentences about guards of the generator that tripped: such a trial says nothing of the target. */
  guards: z.array(z.string()).readonly(),
  /** Where its run record lies, as the plan's folder sees it. */
  folder: z.string().nullable(),
});

const snapshotSchema = z.object({
  trial: z.int().positive(),
  phase: z.string(),
  load: z.number(),
  ok: z.boolean(),
  lower: z.number(),
  median: z.number(),
  upper: z.number(),
  /** Belief by load, together 1. */
  curve: z.array(z.object({ load: z.number(), belief: z.number() })).readonly(),
});

const sizeSchema = z.object({
  workers: z.int().positive(),
  /** Share of a core that each worker was limited to; null for none. */
  share: z.number().nullable(),
  verdict: z.enum(['found', 'at-least', 'unconfirmed', 'not-met', 'fell-over']),
  /** The search's own answer; without full stop. */
  sentence: z.string(),
  /** The largest load that a soak confirmed. */
  confirmed: z.number().nullable(),
  /** That load as it is to be printed: `at least 12,340 messages/s (generator-limited)`. */
  wording: z.string().nullable(),
  /** Why the capacity is a lower bound, confirmed or not: `generator-limited`; null where it is none. */
  atLeast: z.string().nullable(),
  estimate: estimateSchema.nullable(),
  /** Users for one message a second. */
  usersPerLoad: z.number(),
  /** The capacity at each of the common limits. */
  capacities: z
    .array(z.object({ withinMs: z.number(), estimate: estimateSchema.nullable(), isAtLeast: z.boolean() }))
    .readonly(),
  geometricMean: estimateSchema.nullable(),
  findings: z.array(z.string()).readonly(),
  trials: z.array(trialSchema).readonly(),
  /** What was believed after each trial since the ramp. */
  snapshots: z.array(snapshotSchema).readonly(),
});

const proofSchema = z.object({
  proven: z.boolean(),
  findings: z
    .array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        /** Null: not measured, and never good. */
        value: z.number().nullable(),
        limit: z.number().nullable(),
        /** The limit in words, as `at most 0.7`. Absent: the limit alone is shown. */
        wanted: z.string().optional(),
        sentence: z.string().optional(),
      }),
    )
    .readonly(),
});

const costsSchema = z.object({
  /** `worker`, `broker`, … */
  role: z.string(),
  /** Microseconds of processor time for one of each kind of work; of `byte` for one byte. */
  perKind: z.record(z.string(), z.number()),
  /** Standard deviation of the natural logarithm of busy time around what the costs say. */
  residualSpread: z.number().nullable(),
});

const scalingSchema = z.object({
  points: z.array(z.object({ workers: z.number(), capacity: estimateSchema })).readonly(),
  laws: z
    .array(
      z.object({
        name: z.string(),
        /** Share of the prediction that is this law's. */
        weight: z.number(),
        lambda: z.number(),
        sigma: z.number(),
        kappa: z.number(),
      }),
    )
    .readonly(),
  band: z
    .array(
      z.object({
        workers: z.number(),
        median: z.number(),
        lower: z.number(),
        upper: z.number(),
        grade: gradeSchema,
      }),
    )
    .readonly(),
  /** A sentence about the number of workers beyond which more make all slower. */
  peak: z.string().nullable(),
  remarks: z.array(z.string()).readonly(),
});

const predictionSchema = z.object({
  subject: z.string(),
  hash: z.string(),
  median: z.number(),
  lower: z.number(),
  upper: z.number(),
  unit: z.string(),
  grade: z.string(),
});

export const planSchema = z.object({
  version: z.literal(PLAN_VERSION),
  /** ISO time. */
  madeAt: z.string(),
  /** The command that made it. */
  command: z.string(),
  /** Version of the program. */
  project: z.string(),
  profile: z.object({
    name: z.string(),
    /** Whom it stands for. */
    question: z.string(),
    /** What one user does a second, by name. */
    perUser: z.record(z.string(), z.number()),
  }),
  /** The objective: `99 % < 50 ms`. */
  slo: z.string(),
  machine: z.object({
    processor: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    node: z.string(),
    kernel: z.string(),
    /** Whether idle processors were kept from halting meanwhile. Absent in plans of versions that did not try. */
    isAwake: z.boolean().exactOptional(),
  }),
  /** One search for each number of workers; the first is the one that is answered with. */
  sizes: z.array(sizeSchema).readonly(),
  /** Whether the capacity is the server's, and not the generator's. */
  proof: proofSchema.nullable(),
  costs: z.array(costsSchema).readonly(),
  /** Bytes: of one more socket, of a worker without any, of everything else on the host. */
  memory: z.object({ perSocket: estimateSchema, perWorker: z.number(), host: z.number() }).nullable(),
  scaling: scalingSchema.nullable(),
  fleets: fleetsSchema.nullable(),
  /** Fleets as ready-made texts. */
  tables: z.object({ markdown: z.string(), csv: z.string(), text: z.string() }).nullable(),
  /** Microseconds of a piece of the calibration workload: of one process alone, and with all processors busy. */
  calibration: z.object({ single: z.number(), busy: z.number() }).nullable(),
  predictions: z.object({
    frozen: z.array(predictionSchema).readonly(),
    /** A sentence about how often intervals held what was measured. */
    coverage: z.string().nullable(),
  }),
  /** What to measure next. */
  next: z.string().nullable(),
  /** Warnings: prices that are old, an interruption. */
  remarks: z.array(z.string()).readonly(),
});

/** A capacity plan. */
export type PlanDocument = z.infer<typeof planSchema>;

/** The search of one number of workers. */
export type PlanSize = PlanDocument['sizes'][number];

/** One trial of a search. */
export type PlanTrial = PlanSize['trials'][number];
