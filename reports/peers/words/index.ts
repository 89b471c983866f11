/** Door of `words`: how the figures of a comparison are written. */
export {
  countTargets,
  notesOf,
  readingSentence,
  subjectSentence,
  targetSentence,
  writeCell,
  writeFigure,
  writeRatio,
  writeTarget,
  writeTitle,
} from './words.ts';
