/**
 * The lines of a ledger of predictions, each with the SHA-256 of what it says. What a line says is hashed as canonical
 * text: JSON without white space, the keys of each object in the order of their characters.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Version of the lines this program writes. */
export const PREDICTIONS_VERSION = 1;

const version = z.int().positive().max(PREDICTIONS_VERSION);
const hash = z.string().regex(/^[\da-f]{64}$/);
const amount = z.number().positive();

const estimateSchema = z.object({ median: amount, lower: amount, upper: amount });

const predictionSchema = estimateSchema
  .extend({
    /** When it was frozen, in UTC. */
    at: z.iso.datetime(),
    /** What is predicted, as "capacity of 42k with 6 workers". */
    subject: z.string().min(1),
    /** Of the median and the ends of the interval of 90 %, as "messages/s". */
    unit: z.string().min(1),
    /** What it was made from, as "capacity of 42k with 4 workers", in the same unit or another. */
    from: z.array(estimateSchema.extend({ subject: z.string().min(1), unit: z.string().min(1) })),
    /** How far it may be believed: "interpolation", "extrapolation" and "beyond", or an evidence tier. */
    grade: z.string().min(1),
  })
  .refine(({ median, lower, upper }) => lower <= median && median <= upper, {
    error: 'wanted lower, median and upper in this order',
    path: ['lower'],
  });

const measurementSchema = estimateSchema.extend({
  /** Hash of the prediction. */
  of: hash,
  /** When it was measured, in UTC: after the prediction was frozen. */
  at: z.iso.datetime(),
});

/** What was foretold of a number, above 0, before anybody measured it. */
export type FrozenPrediction = z.infer<typeof predictionSchema>;

/** What was measured of it, in its unit, with the interval of 90 %. */
export type Measurement = z.infer<typeof measurementSchema>;

/** A line, whose `hash` is that of its `prediction` or `measurement`. */
export const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prediction'), version, hash, prediction: predictionSchema }),
  z.object({ type: z.literal('measurement'), version, hash, measurement: measurementSchema }),
]);

/** One line of the file. */
export type Line = z.infer<typeof lineSchema>;

/** Makes the line of a prediction. */
export function lineOfPrediction(prediction: FrozenPrediction): Line {
  return { type: 'prediction', version: PREDICTIONS_VERSION, hash: hashOf(prediction), prediction };
}

/** Makes the line of a measurement. */
export function lineOfMeasurement(measurement: Measurement): Line {
  return { type: 'measurement', version: PREDICTIONS_VERSION, hash: hashOf(measurement), measurement };
}

/** Gives the SHA-256 of the canonical text of any value that JSON can hold: 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isObject(inner) ? sorted(inner) : inner));
}

function sorted(object: object): object {
  const entries = Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
