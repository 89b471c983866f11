/** Door of `gate`: comparing two builds, and deriving its numbers again. */
export { addGate } from './gate.ts';
