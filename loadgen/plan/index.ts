/** Who does what when: scenarios resolved into plans, plans into schedules and shares. Pure. */

export type { Fit } from './limits.ts';
export { fitToHost } from './limits.ts';
export { arrivalSeconds, firstSend, nextSend } from './pace.ts';
export type { Plan, Share } from './plan.ts';
export type { Overrides, Resolved } from './resolve/index.ts';
export { parseDuration, parseRate, resolvePlan } from './resolve/index.ts';
export { evaluateRules } from './rules/index.ts';
export type { Behaviour, Channels, PingPong, Scenario, TargetSpec } from './scenario.ts';
export { defineScenario } from './scenario.ts';
export { planHash } from './schedule-hash.ts';
export { usersOf } from './split.ts';
export { channelName, deliveriesPerSecond, publicationChannel, subscriptionsOf } from './topology.ts';
