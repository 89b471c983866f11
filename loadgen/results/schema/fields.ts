/** The kinds of figures that a summary has, each with the words that say what it is. */
import { z } from 'zod';

export const count = (what: string) => z.number().min(0).describe(what);
export const figure = (what: string) => z.number().describe(what);
export const told = (what: string) =>
  z.number().nullable().describe(`${what}; null when the target did not tell`);
export const causes = (what: string) => z.record(z.string(), z.number()).describe(`${what}, by cause`);

/** What later releases of the same version have added: files without it are read all the same. */
export const added = (what: string) => z.number().optional().describe(what);
