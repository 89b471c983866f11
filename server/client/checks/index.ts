export { checkCallback, checkData, checkFunction, checkMessage, checkText } from './arguments.ts';
export {
  type Check,
  describe,
  findProblems,
  flag,
  hasFunctions,
  isObject,
  isWithin,
  milliseconds,
  text,
} from './check-options.ts';
