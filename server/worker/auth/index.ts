/** Door of the worker's tokens. */
export { Auth } from './auth.ts';
export type { Checked, TokenOptions } from './signer.ts';
export { type Claims, digestOf } from './subject.ts';
