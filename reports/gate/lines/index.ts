/** Door of `lines`: files that are only ever appended to. */
export { parse, readLines } from './read-lines.ts';
