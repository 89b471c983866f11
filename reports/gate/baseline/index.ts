/** A build against stored measurements: advice where two builds cannot be measured side by side. */
export { holdAgainst } from './baseline.ts';
