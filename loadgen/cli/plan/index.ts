/** Door of `plan`: how many users, on which machines, at what price. */
export { addCalibrate } from './calibrate.ts';
export { addPlan } from './plan.ts';
