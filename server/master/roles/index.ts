/** Door of `roles`: how the master starts each kind of process and stands between them. */
export { completeOptions, findControllers } from './complete-options.ts';
export type { ClusterEvents, Origin, ProcessEvent, Role } from './events.ts';
export { Relay } from './relay.ts';
export {
  type How,
  howToRunBalancer,
  howToRunBroker,
  howToRunWorker,
  type Instrumented,
  type Setting,
} from './roles.ts';
export { findUser } from './user.ts';
