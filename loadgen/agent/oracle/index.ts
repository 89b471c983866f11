export { createOracle } from './create.ts';
export type { Oracle } from './oracle.ts';
