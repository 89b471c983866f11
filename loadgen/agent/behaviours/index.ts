export { createRoutine, type RoutineOptions } from './create-routine.ts';
export type { Routine } from './routine.ts';
