/** Door of `problems`: warnings and errors on their way to the master. */
export { errorOf, type PlainError, plainOf } from './plain-error.ts';
export { Reporter, type Severity } from './reporter.ts';
