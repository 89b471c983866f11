/** The server that a run starts itself: what it is started with, and whether it could be. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ClusterError } from '../../../server/errors/index.ts';
import { type OptionsInput, resolveOptions } from '../../../server/options/index.ts';
import type { Resolved } from '../../plan/resolve/index.ts';

/** Gives the options of the server of a run; `folder` is that of the scenario, from which its controller is found. */
export function serverOptions(
  { target }: { target: Omit<Resolved['target'], 'hosts'> },
  folder: string,
): OptionsInput {
  const { controller, options, workers, brokers, balancers } = target;
  return {
    port: 0,
    logLevel: 0, // The record tells of ends, and a process that fails says why on stderr by itself.
    ...options,
    workers,
    brokers,
    balancers,
    workerController: resolve(folder, controller),
  };
}

/**
 * Looks whether a server could be started with such options, as it does itself once it is started.
 *
 * @throws ClusterError OPTION_INVALID naming every option that it does not take, CONTROLLER_INVALID for a controller
 *   that is not there.
 */
export function checkServer(options: OptionsInput): void {
  const { workerController } = resolveOptions(options);
  if (existsSync(workerController)) return;
  throw new ClusterError(`Cannot load worker controller "${workerController}": there is no such file`, {
    code: 'CONTROLLER_INVALID',
  });
}
