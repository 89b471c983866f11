/** Door of `proof`: whether a capacity is the server's or the generator's. */
export type { Finding } from './finding.ts';
export { guardsOf } from './guards.ts';
export { type AttainedShare, type Proof, type ProofInput, prove } from './proof.ts';
