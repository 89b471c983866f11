/** Door of `bus`: how coordinators and agents on several hosts reach each other, over NATS. */
export { type BusAddress, parseBusUrl } from './address.ts';
export {
  askClock,
  type ClockEstimate,
  type Exchange,
  estimateClock,
} from './clock.ts';
export { type Bus, joinBus } from './connection.ts';
export { Line } from './line.ts';
export {
  agentName,
  type ClockAnswer,
  type Hello,
  hello,
  type LeaseAnswer,
  type LeaseRequest,
  leaseAnswer,
  leaseRequest,
  notice,
  type Order,
  order,
  PROTOCOL,
  type Report,
  readAs,
  report,
} from './messages.ts';
export type { Patience } from './silence.ts';
