export { Auth } from './auth.ts';
export { type AuthEngine, createTokenStore } from './token-store.ts';
