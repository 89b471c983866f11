export { createLeanEngine } from './lean-engine.ts';
