export { createRoutine, type RoutineOptions } from './create.ts';
export type { Routine } from './routine.ts';
