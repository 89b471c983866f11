export { MiddlewareGate } from './gate.ts';
export type { Block, Lines, Next } from './lines.ts';
export { PublishOut } from './publish-out.ts';
