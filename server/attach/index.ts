/** Door of the realtime server without a cluster. */
export { type AttachedServer, attach, type ListenOptions, listen } from './attach.ts';
export type { AttachOptions } from './options.ts';
