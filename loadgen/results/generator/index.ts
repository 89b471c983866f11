/** Door of `generator`: the part of a summary that is about the bench itself. */
export type { AgentSummary, GeneratorSummary, LoopDelay } from './generator-summary.ts';
