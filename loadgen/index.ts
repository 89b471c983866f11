/** The door for authors of scenarios. */
export {
  type Behaviour,
  type Channels,
  defineScenario,
  type PingPong,
  type Scenario,
  type TargetSpec,
} from './plan/index.ts';
