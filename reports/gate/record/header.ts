/** The first line of a gate record: what is compared, and every rule that was fixed before the first block. */
import { z } from 'zod';
import { metricNames } from '../metrics/index.ts';

/** Version of the format. A reader takes this and all older ones. */
export const GATE_RECORD_VERSION = 1;

const share = z.number().positive().max(1);
const amount = z.number().nonnegative();
const metric = z.enum(metricNames);

const buildSchema = z.object({
  /** What was asked for: a branch, a tag, a folder. */
  name: z.string(),
  /** The commit it stood for; absent for a build made elsewhere. */
  commit: z.string().optional(),
});

const looksSchema = z.array(z.object({ blocks: z.int().positive(), share }));

const settingsSchema = z.object({
  level: share,
  looks: looksSchema,
  hypotheses: z.array(
    z.object({
      metric,
      materiality: amount,
      margin: amount,
      isPrimary: z.boolean(),
      mayStayOpen: z.boolean(),
    }),
  ),
  watch: z.array(metric),
});

const guardsSchema = z.object({
  latenessMaxMs: amount,
  latenessP99Ms: amount,
  generatorCpuShare: amount,
  sentShare: amount,
  waitingShare: amount,
  cpuSteps: amount,
});

const hostSchema = z.object({
  cpus: z.int().positive(),
  model: z.string(),
  kernel: z.string(),
  node: z.string(),
  /** Whether idle processors were kept from halting. Absent in records of versions that did not try. */
  isAwake: z.boolean().exactOptional(),
});

export const headerSchema = z.object({
  type: z.literal('gate'),
  version: z.int().positive(),
  startedAt: z.iso.datetime(),
  scenario: z.string(),
  base: buildSchema,
  candidate: buildSchema,
  /** The slowdown that was planted into the candidate, as "parse:10"; absent for an honest one. */
  injected: z.string().optional(),
  /** 1, or more when an earlier verdict is confirmed. */
  attempt: z.int().positive(),
  seed: z.string().regex(/^[0-9a-f]{32}$/),
  length: z.enum(['long', 'short']),
  /** What the number of blocks follows from, where it was fitted into a time; absent where nobody set one. */
  time: z.object({ limitSeconds: amount, blockSeconds: amount }).optional(),
  settings: settingsSchema,
  guards: guardsSchema,
  /** Messages a second, offered to either build in the windows of a constant rate. */
  offeredPerSecond: z.number().positive(),
  /** p99 above which a slice holds a stall, from the base before the first block. */
  stallLimitMs: z.number().positive(),
  host: hostSchema,
});

/** The first line of a gate record. */
export type GateHeader = z.infer<typeof headerSchema>;

/** Looks in place of those of the header: the time was over before the last of them. */
export const looksLineSchema = z.object({ type: z.literal('looks'), looks: looksSchema });

export type LooksLine = z.infer<typeof looksLineSchema>;

/** Gives the header with such looks. */
export function lookAt(header: GateHeader, { looks }: Pick<LooksLine, 'looks'>): GateHeader {
  return { ...header, settings: { ...header.settings, looks } };
}
