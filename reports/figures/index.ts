export { alignColumns, type Row, wrapText } from './columns.ts';
export { type ErrorCount, errorsOf } from './errors.ts';
export {
  ABSENT,
  formatCauses,
  formatClock,
  formatCount,
  formatDecimal,
  formatExact,
  formatInstant,
  formatNode,
  formatRange,
  formatRate,
  formatShare,
  formatSystem,
  formatThings,
  totalOf,
} from './format.ts';
export { httpSentence } from './http.ts';
export { comparedPhases, measuredName, phaseFlow, runLength } from './phases.ts';
export { namedTimes } from './times.ts';
export { ruleMark, ruleValue, ruleWord, story, verdictSentence, verdictWord } from './verdict.ts';
