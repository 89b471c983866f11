/** Door of the link, for the two ends of it: the worker's broker and the broker's server. */

export { Barriers } from './barriers.ts';
export { FrameError, FrameType, MAX_PAYLOAD_BYTES } from './frame.ts';
export { createFrameReader, type Frame } from './frame-reader.ts';
export { FrameWriter } from './frame-writer.ts';
export { Link } from './link.ts';
export type { LinkState } from './options.ts';
