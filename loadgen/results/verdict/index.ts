/** Whether a run can be trusted, and whether the target passed. */

export { Books, checkConservation } from './conservation.ts';
export { unforeseenEnds } from './ends.ts';
export { hasConnected } from './users.ts';
export { judge } from './validity.ts';
