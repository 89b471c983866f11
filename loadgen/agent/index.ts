export { checkOwnBehaviours, type OwnBehaviour, type User } from './custom/index.ts';
export { CONNECT_WITHIN } from './life/index.ts';
export type { AgentOrder, AgentReady, AgentReport, EndsReport, SpreadsReport } from './messages.ts';
