export type { OwnBehaviour, User } from './custom/index.ts';
export type { AgentOrder, AgentReport } from './messages.ts';
