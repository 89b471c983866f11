/** Servers that are slow in ways that are known. */
export type { Pathology } from './pathology.ts';
export { type PathologicalServer, startPathologicalServer } from './start.ts';
