/** A build against stored measurements: advice where two builds cannot be measured side by side. */
export { type BaselineAnswer, type BaselinePoint, holdAgainst } from './baseline.ts';
