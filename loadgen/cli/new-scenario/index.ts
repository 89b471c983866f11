/** Door of `new-scenario`: scenarios to begin with. */
export { type ScenarioTemplate, scenarioTemplates, writeScenario } from './write-scenario.ts';
