/** Door of `wire`: how many bytes go over the wire for what users and servers say. */
export {
  heartbeatBytes,
  type MessageBytes,
  messageBytes,
  PACKET_BYTES,
  payloadBytesOf,
  type Said,
} from './message-bytes.ts';
