export { checkCallback, checkData, checkFunction, checkMessage, checkName } from './arguments.ts';
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
