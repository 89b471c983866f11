/** Door of `tls`, apart from the options' own because processes that use it have no need of the schema. */
export { findTlsProblem, reviveTlsOptions } from './tls.ts';
