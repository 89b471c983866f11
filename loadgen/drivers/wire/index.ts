export { type LineEvents, Lines } from './lines.ts';
export { MessageReader } from './message-reader.ts';
export { encodeUpgrade } from './upgrade.ts';
export { UpgradeReader } from './upgrade-reader.ts';
export { encodeFrame, encodeText, FrameError, opcodes, textsOf, withDigits } from './websocket-frames.ts';
