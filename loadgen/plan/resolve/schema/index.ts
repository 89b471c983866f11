/** The shape of a scenario, checked field by field. */
export { type CheckedScenario, durationSchema, rateSchema, scenarioSchema } from './scenario.ts';
