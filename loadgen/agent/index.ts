export { CONNECT_WITHIN } from './crew.ts';
export { checkOwnBehaviours, type OwnBehaviour, type User } from './custom/index.ts';
export type { AgentOrder, AgentReady, AgentReport, SpreadsReport } from './messages.ts';
