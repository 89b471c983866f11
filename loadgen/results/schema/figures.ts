/** The figures that parts of `summary.json` have in common. */
import { z } from 'zod';

/** Never below 0. */
export const count = (what: string) => z.number().min(0).describe(what);
/** Any number. */
export const figure = (what: string) => z.number().describe(what);
/** What the target tells of itself. */
export const told = (what: string) =>
  z.number().nullable().describe(`${what}; null when the target did not tell`);
/** Counts by name. */
export const causes = (what: string) => z.record(z.string(), z.number()).describe(`${what}, by cause`);

/** How long something took. */
export const quantiles = z
  .object({
    p50: figure('Half were not slower'),
    p90: figure('90 % were not slower'),
    p99: figure('99 % were not slower'),
    p999: figure('99.9 % were not slower'),
    max: figure('The slowest'),
    mean: figure('The mean'),
  })
  .describe('Milliseconds');

/** The two of them that are told of each worker. */
export const twoQuantiles = quantiles.pick({ p50: true, p99: true }).optional();

/** All that is timed. */
export const times = z
  .object({
    response: quantiles.optional().describe('Intended send to answer, ms'),
    service: quantiles.optional().describe('Actual send to answer, ms'),
    lateness: quantiles.optional().describe("Intended to actual send, ms: the generator's own error"),
    push: quantiles.optional().describe('Intended publication to delivery, ms'),
    connect: quantiles
      .optional()
      .describe('Planned beginning of a connection to the end of its handshake, ms; whole run'),
    arrival: quantiles
      .optional()
      .describe("Planned to actual beginning of a connection, ms: the generator's own error; whole run"),
    recovery: quantiles.optional().describe('Loss of a connection until ready again, ms; whole run'),
  })
  .describe('What was never timed is missing');

/** What was planned, and what came of it. */
export const schedule = z.object({
  perSecond: figure('Messages and publications planned a second; 0 where answers set the pace'),
  ratio: figure('Share of them that was sent'),
});

/** What later releases of the same version have added: files without it are read all the same. */
export const added = (what: string) => z.number().optional().describe(what);
