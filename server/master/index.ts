export { levelOf, reportEvents } from './report.ts';
export { type ProcessEvent, SocketCluster } from './socket-cluster.ts';
