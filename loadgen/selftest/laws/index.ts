/** The analytic answers. */
export { exponential, fixed, type Law, mixture, stalls } from './law.ts';
export { queue } from './queue.ts';
