/** Who belongs to which group, subscribes to what and publishes where. */
export { channelName } from './channels.ts';
export { Topology } from './topology.ts';
