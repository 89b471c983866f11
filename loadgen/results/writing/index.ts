/** Door of `writing`: files that are whole or not there, and sentences for those that cannot be written. */
export { appendLine, writeLine } from './append-line.ts';
export { cannotWrite } from './cannot-write.ts';
export { writeWhole } from './write-whole.ts';
