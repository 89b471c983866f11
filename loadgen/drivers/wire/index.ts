export { causeOf } from './causes.ts';
export { type WebSocketEvents, WebSockets } from './web-sockets.ts';
export { batchesOf, encodeText, textsOf, withDigits, writeDigits } from './websocket-frames.ts';
