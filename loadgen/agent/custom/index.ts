export { checkOwnBehaviours } from './check.ts';
export { loadOwnBehaviours } from './load.ts';
export { type OwnBehaviours, OwnRoutine } from './own-routine.ts';
export type { OwnBehaviour, User } from './user.ts';
