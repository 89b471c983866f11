export { Batch } from './batch.ts';
export { ChannelMembers } from './channel-members.ts';
