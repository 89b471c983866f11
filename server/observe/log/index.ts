/** Door of the log. Apart from `observe` itself because it loads pino, which brokers and workers do without. */
export { createLog, type Log } from './log.ts';
