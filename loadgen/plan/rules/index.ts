/** What a scenario demands of its summary. */
export { checkRules, evaluateRules } from './rules.ts';
