export type { LocalDetails } from './details.ts';
export { detailsOf } from './details.ts';
export { EventStreams, type Heard, type ProcedureCall } from './event-streams.ts';
export { callSafely, isLocalEvent, Listeners } from './listeners.ts';
export { STREAM_CAPACITY, Stream } from './stream.ts';
