export { type CloseName, closeCodes, describeEnding, fitReason, isSendableCode } from './close-codes.ts';
export {
  encodeEvent,
  encodePublication,
  encodeResponse,
  isCall,
  isEvent,
  isResponse,
  MAX_BATCH,
  MAX_DEPTH,
  PING_V1,
  PING_V2,
  PONG_V1,
  parse,
} from './codec.ts';
export type { CodecEngine, Message } from './codec-engine.ts';
export type {
  ChannelData,
  ChannelName,
  Contract,
  EmitDetails,
  EventData,
  EventName,
  Handler,
  Payload,
  PayloadAnd,
  ProcedureData,
  ProcedureName,
  ProcedureResult,
  Respond,
  Untyped,
} from './contract.ts';
export { events, localEvents } from './events.ts';
export { minBinCodec } from './min-bin/index.ts';
export type { CallId, EventPacket, HandshakeStatus } from './packet.ts';
export { RETRY_AFTER } from './retry-after.ts';
export { dehydrate, hydrate, WireError } from './wire-error.ts';
