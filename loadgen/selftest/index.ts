/** Door of `selftest`: the proof that the generator's figures are right. */
export { formatProof } from './format.ts';
export { type Proof, type ProofRequest, prove } from './prove.ts';
