export { levelOf, reportEvents } from './report.ts';
export type { ProcessEvent } from './roles/index.ts';
export { SocketCluster } from './socket-cluster.ts';
