/** Door of `writing`: files that are whole or not there, and sentences for those that cannot be written. */
export { appendLine, writeLine } from './append-line.ts';
export { cannotWrite } from './cannot-write.ts';
export { makePath } from './make-path.ts';
export { refuseUnwritten } from './refuse-unwritten.ts';
export { makeTemporaryFolder } from './temporary-folder.ts';
export { writeWhole } from './write-whole.ts';
