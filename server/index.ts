/** The public door of the server. */
export type {
  BalancerNext,
  BalancerRequest,
  LoadBalancer,
  RequestMiddleware,
  UpgradeMiddleware,
} from './balancer/index.ts';
export type { SCBroker } from './broker/index.ts';
export { commonJs as 'module.exports' } from './common-js.ts';
export { ClusterError, type ErrorCode } from './errors/index.ts';
export { type ProcessEvent, SelfStartingCluster as SocketCluster } from './master/index.ts';
export type { ClusterState, Snapshot } from './observe/index.ts';
export type { Options, OptionsInput } from './options/index.ts';
export type {
  Channel,
  Global,
  Listener,
  RequestExtras,
  Respond,
  SCServer,
  SCSocket,
  SCWorker,
  Session,
  Watcher,
} from './worker/index.ts';
