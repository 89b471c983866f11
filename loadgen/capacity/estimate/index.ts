/** Door of `estimate`: a positive quantity that is known within limits. */
export { type Estimate, estimateBetween, estimateOf } from './estimate.ts';
