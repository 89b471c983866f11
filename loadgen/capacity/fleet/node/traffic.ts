/** What one user of a fleet makes a host send, receive and work, each second. */
import { PACKET_BYTES } from '../../wire/index.ts';
import type { UnitCosts, UserRates } from '../question.ts';

/** Packets for one message: itself, and the acknowledgement that comes back when nothing else does. */
const PACKETS_EACH = 2;

/** What one user causes on its host. */
export interface Traffic {
  /** Bytes per second towards the host, from clients and from other hosts. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Publications a second that come from other hosts. */
  readonly crossings: number;
  /** Bytes per second over the one connection that joins the host to others, in the busier direction. */
  readonly crossingBytes: number;
  /** Both directions together. */
  readonly packets: number;
}

/**
 * Gives the traffic of one user on one of so many hosts. A publication goes to each other host that has one of its
 * subscribers, who are on any host by chance: to (n - 1)(1 - (1 - 1/n)^f) of n hosts for f subscribers.
 */
export function trafficOf(rates: UserRates, nodes: number): Traffic {
  const { inbound, deliveries, pings, publications, fanOut, bytes } = rates;
  const reached = (nodes - 1) * (1 - (1 - 1 / nodes) ** fanOut);
  const crossings = publications * reached;
  const leaving = nodes > 1 ? publications : 0;
  const pingBytes = pings * bytes.ping;
  return {
    bytesIn: inbound * bytes.inbound + pingBytes + crossings * bytes.inbound,
    bytesOut: deliveries * bytes.delivery + pingBytes + leaving * bytes.inbound,
    crossings,
    crossingBytes: Math.max(crossings, leaving) * bytes.inbound,
    packets:
      (inbound + crossings + leaving) * packetsOf(bytes.inbound) +
      deliveries * packetsOf(bytes.delivery) +
      2 * pings * packetsOf(bytes.ping),
  };
}

/** Gives the processor time that one user takes of processes of one role, microseconds each second. */
export function busyOf(costs: UnitCosts, rates: UserRates, crossings: number): number {
  const { inbound, deliveries, pings, connects, bytes } = rates;
  const carried = inbound * bytes.inbound + deliveries * bytes.delivery + 2 * pings * bytes.ping;
  return (
    costs.inbound * inbound +
    costs.delivery * deliveries +
    costs.ping * pings +
    costs.connect * connects +
    costs.byte * carried +
    (costs.crossing ?? costs.inbound) * crossings
  );
}

function packetsOf(bytes: number): number {
  return PACKETS_EACH * Math.ceil(bytes / PACKET_BYTES);
}
