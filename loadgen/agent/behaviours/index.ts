export { createRoutine } from './create-routine.ts';
export { idle, type Routine } from './routine.ts';
