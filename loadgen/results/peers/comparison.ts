/** What `scbench peers` leaves behind, `peers.json`: every figure of every subject in every round. */
import { z } from 'zod';

/** Version of the layout; it grows when a field changes its meaning or goes. */
export const PEERS_VERSION = 2;

const ratioSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

const targetSchema = z.object({
  bound: z.number(),
  sense: z.enum(['at most', 'at least']),
  isMet: z.boolean(),
});

const cellSchema = z.object({
  median: z.number(),
  rounds: z.array(z.number()),
  /** The first subject's figure over this one's; not there for the first subject itself. */
  ratio: ratioSchema.exactOptional(),
  /** What the ratio is wanted to be; of the first subject, what its figure is. */
  target: targetSchema.exactOptional(),
});

/** A subject that has no such figure. */
const absentSchema = z.object({ reason: z.string() });

const rowSchema = z.object({
  measure: z.string(),
  /** Which figure of the measure. */
  key: z.string(),
  title: z.string(),
  unit: z.string(),
  /** `neither`: subjects are not held against each other by it. */
  better: z.enum(['less', 'more', 'neither']),
  /** One entry a subject, in their order; in rows of our own server alone just one. */
  cells: z.array(z.union([cellSchema, absentSchema])),
});

export const comparisonSchema = z.object({
  version: z.literal(PEERS_VERSION),
  startedAt: z.string(),
  /** The command that does it again. */
  command: z.string(),
  /** Idle sockets; other numbers of clients are parts of this. */
  sockets: z.number(),
  rounds: z.number(),
  host: z.object({
    cpus: z.number(),
    model: z.string(),
    memoryGB: z.number(),
    kernel: z.string(),
    node: z.string(),
    fdLimit: z.number(),
    /** Whether idle processors were kept from halting meanwhile. */
    isAwake: z.boolean(),
  }),
  subjects: z.array(z.object({ name: z.string(), setup: z.string() })),
  /** Those that were asked for and were not to be had. */
  missing: z.array(z.object({ name: z.string(), reason: z.string() })),
  rows: z.array(rowSchema),
  /** What is measured of our own server alone. */
  ownRows: z.array(rowSchema),
  /** What has to be known of the figures, as sentences. */
  remarks: z.array(z.string()),
  /** False when it was interrupted: then rows are missing. */
  isComplete: z.boolean(),
});

/** A whole comparison. */
export type PeerComparison = z.infer<typeof comparisonSchema>;
/** One figure of all subjects. */
export type PeerRow = z.infer<typeof rowSchema>;
/** One figure of one subject. */
export type PeerCell = z.infer<typeof cellSchema>;
/** A ratio and the interval that holds it in 95 of 100 repetitions. */
export type PeerRatio = z.infer<typeof ratioSchema>;
/** What a figure is wanted to be, and whether it is. */
export type PeerTarget = z.infer<typeof targetSchema>;
