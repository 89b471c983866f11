export { Channel } from './channel.ts';
export { Channels } from './channels.ts';
export { Subscriber } from './subscriber.ts';
export type { Watcher } from './subscription.ts';
