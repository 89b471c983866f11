export { Answers } from './answers.ts';
