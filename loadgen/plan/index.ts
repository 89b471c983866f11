/**
 * Who does what when: plans, their schedules and shares. Pure. Making a plan out of a scenario has a door of
 * its own, `resolve/`, because it brings zod, which load processes do without.
 */

export type { Fit } from './limits.ts';
export { fitToHost, loopbackAddresses } from './limits.ts';
export { arrivalSeconds, firstSend, nextSend } from './pace.ts';
export type { Plan, Share } from './plan.ts';
export { uniform } from './random.ts';
export { evaluateRules } from './rules/index.ts';
export type { Behaviour, Channels, PingPong, Scenario, TargetSpec } from './scenario.ts';
export { defineScenario } from './scenario.ts';
export { planHash } from './schedule-hash.ts';
export { usersOf } from './split.ts';
export { channelName, deliveriesPerSecond, publicationChannel, subscriptionsOf } from './topology.ts';
