/** Door of the channels as the application sees them. */
export type { Channel } from './channel.ts';
export type { ChannelEvent } from './channel-events.ts';
export { Channels, type Joined } from './channels.ts';
