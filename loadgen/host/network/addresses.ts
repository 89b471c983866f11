/** The addresses of this host that connections can come from. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Any port: nothing is sent. */
const PORT = 9;

/**
 * Finds all IPv4 addresses of the interface by which an address is reached. Empty where there is no choice: it has one,
 * or it is loopback, where every address of 127.0.0.0/8 is ours.
 */
export async function addressesTowards(address: string): Promise<string[]> {
  if (!isIPv4(address)) return [];
  const socket = createSocket('udp4');
  try {
    // The kernel chooses the way when a socket is connected, and says so by its address.
    socket.connect(PORT, address);
    await once(socket, 'connect');
    const beside = addressesBeside(socket.address().address, networkInterfaces());
    return beside.length > 1 ? beside : [];
  } catch {
    return []; // There is no way: connecting says so, user by user.
  } finally {
    socket.close();
  }
}

/** IPv4 addresses of the interface that has one, itself included. Empty when none has it, and for loopback. */
export function addressesBeside(address: string, interfaces: Interfaces): string[] {
  const own = Object.values(interfaces).find((all) => all?.some((each) => each.address === address));
  return usable(own ?? []).map((each) => each.address);
}

/** Counts the IPv4 addresses of the interface that has most, loopback left out. */
export function mostAddresses(interfaces: Interfaces = networkInterfaces()): number {
  return Math.max(0, ...Object.values(interfaces).map((all) => usable(all ?? []).length));
}

function usable(all: readonly NetworkInterfaceInfo[]): readonly NetworkInterfaceInfo[] {
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal);
}
