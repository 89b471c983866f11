/** Door of the line to NATS. */
export { dial } from './dial.ts';
export { Line } from './line.ts';
