export type { AgentOrder, AgentReport } from './messages.ts';
