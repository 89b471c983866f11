/** What a scenario demands of its summary. */
export { checkRules, evaluateRules, type PlannedRule, phasesIn, planRules } from './rules.ts';
