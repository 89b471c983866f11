/** What the figures of `summary.json` are made of. */
import { z } from 'zod';

/** A number of things. */
export const count = (what: string) => z.number().min(0).describe(what);
/** Any other figure. */
export const figure = (what: string) => z.number().describe(what);
/** A figure that only the target knows. */
export const told = (what: string) =>
  z.number().nullable().describe(`${what}; null when the target did not tell`);
/** Counts by cause. */
export const causes = (what: string) => z.record(z.string(), z.number()).describe(`${what}, by cause`);

/** How times are distributed. */
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

/** What later releases of the same version have added: files without it are read all the same. */
export const added = (what: string) => z.number().optional().describe(what);
