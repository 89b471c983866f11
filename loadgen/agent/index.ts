export type { OwnBehaviour, User } from './custom/index.ts';
export type { AgentOrder, AgentReady, AgentReport } from './messages.ts';
