export { MessageReader } from './message-reader.ts';
export { type WebSocketEvents, WebSockets } from './web-sockets.ts';
export { encodeFrame, encodeText, textsOf, opcodes, withDigits } from './websocket-frames.ts';
