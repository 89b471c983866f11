/** The shape of a scenario, checked field by field. */
export { fieldsAt } from './fields.ts';
export { type CheckedScenario, durationSchema, rateSchema, scenarioSchema } from './scenario.ts';
