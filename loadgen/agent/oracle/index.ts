export type { Spread } from './channel-log.ts';
export { createOracle } from './create.ts';
export type { ChannelEnd, Oracle } from './oracle.ts';
