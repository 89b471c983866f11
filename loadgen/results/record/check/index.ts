/** Door of `check`: what every line of a record must have. */
export { checkLine, isKnownLine, isTotals, isWindow } from './line.ts';
