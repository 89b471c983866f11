export { runScenario } from './run.ts';
export { loadScenario, scenarioNames } from './scenarios.ts';
