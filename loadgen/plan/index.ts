/**
 * Who does what when: plans, their schedules and shares. Pure. Making a plan out of a scenario has a door of
 * its own, `resolve/`, because it brings zod, which load processes do without.
 */

export type {
  AnsweredTurns,
  Behaviour,
  Calls,
  Channels,
  Custom,
  Gap,
  Idle,
  Messages,
  PingPong,
  Turns,
} from './behaviour.ts';
export type { Fit } from './limits.ts';
export { fitToHost, loopbackAddresses } from './limits.ts';
export type {
  Group,
  HostAddress,
  Plan,
  PlannedBehaviour,
  PlannedGap,
  Share,
  TargetAddress,
} from './plan.ts';
export { uniform } from './random.ts';
export { evaluateRules } from './rules/index.ts';
export type {
  BackOff,
  ConnectSpec,
  DriverName,
  Fault,
  GroupSpec,
  Habits,
  HttpSpec,
  PhaseSpec,
  RuleSpec,
  Scenario,
  Stage,
  TargetSpec,
} from './scenario.ts';
export { defineScenario } from './scenario.ts';
export type { Schedule } from './schedule/index.ts';
export {
  createSchedule,
  deliveriesPerSecond,
  expectedIn,
  meanArrivalRate,
  plannedIn,
} from './schedule/index.ts';
export { planHash } from './schedule-hash.ts';
export type { Spike, StairsOfPace, StairsOfUsers } from './shapes.ts';
export { spike, staircase } from './shapes.ts';
export { usersOf } from './split.ts';
export { channelName } from './topology/index.ts';
