/** Whether a run can be trusted, and whether the target passed. */

export { Books, checkConservation } from './conservation.ts';
export { judge } from './validity.ts';
