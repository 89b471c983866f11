/** Door of `application`: workers with a fixed service time. */
export type { ServiceTime } from './service-time.ts';
export { writeController } from './write-controller.ts';
