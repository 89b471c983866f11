/** The public door of the server. */
export type {
  Channel,
  Exchange,
  Global,
  Middleware,
  MiddlewareRequests,
  RequestExtras,
  RequestWithAnswer,
  SCServer,
  SCSocket,
  SCWorker,
  Session,
  Watcher,
} from './application/index.ts';
export {
  type AttachedServer,
  type AttachOptions,
  attach,
  type ListenOptions,
  listen,
} from './attach/index.ts';
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
export { type Origin, type ProcessEvent, SocketCluster, SocketCluster as default } from './master/index.ts';
export type { ClusterState, Snapshot } from './observe/index.ts';
export type { Options, OptionsInput } from './options/index.ts';
export type { Contract, Respond, Untyped } from './protocol/index.ts';
export { type CodecEngine, minBinCodec } from './protocol/index.ts';
export type { Listener, WorkerStatus } from './worker/index.ts';
