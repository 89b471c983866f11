/** Door of `doctor`: the command, and the doctor before a large run. */
export { addDoctor } from './doctor.ts';
export { foretell } from './foretell.ts';
