/** Drivers by name. Each is loaded when it is asked for, so that a load process holds the code of one of them. */
import { ClusterError } from '../../server/errors/index.ts';
import type { DriverName } from '../plan/index.ts';
import type { Driver, DriverOptions } from './driver.ts';

/** Creates a driver. It is quiet until the first `connect`. */
export type CreateDriver = (options: DriverOptions) => Driver;

const registry: Record<DriverName, () => Promise<CreateDriver>> = {
  socketcluster: async () => (await import('./socketcluster/index.ts')).createSocketClusterDriver,
  'socketcluster-client': async () => (await import('./socketcluster-client/index.ts')).createClientDriver,
  websocket: async () => (await import('./websocket/index.ts')).createWebSocketDriver,
};

/**
 * Finds how to create a driver.
 *
 * @throws ClusterError OPTION_INVALID for a name without a driver.
 */
export async function loadDriver(name: DriverName): Promise<CreateDriver> {
  if (Object.hasOwn(registry, name)) return registry[name]();
  const known = Object.keys(registry).join(', ');
  throw new ClusterError(`Cannot use driver "${name}": wanted is one of ${known}`, {
    code: 'OPTION_INVALID',
  });
}
