/** What load processes are told of a run: their shares, or on other hosts the bundle that shares are made from. */
import { type Bundle, collectFiles } from '../../bundle/index.ts';
import { toolVersion } from '../../host/index.ts';
import { type Fit, planHash, type Share, type TargetAddress } from '../../plan/index.ts';
import type { Resolved } from '../../plan/resolve/index.ts';
import { locateFiles, type RunRequest } from '../prepare/index.ts';
import type { Target } from '../target.ts';

/** What shares are made of. */
export interface ShareParts {
  request: Pick<RunRequest, 'insecure' | 'traceUser'>;
  resolved: Pick<Resolved, 'plan' | 'connect' | 'driver' | 'protocolVersion'>;
  /** Folder of the scenario file. */
  folder: string;
  fit: Pick<Fit, 'processes' | 'sourceAddresses'>;
  target: Pick<Target, 'host' | 'port' | 'path' | 'url' | 'others'>;
}

/** One share for each load process. */
export function sharesOf({ request, resolved, folder, fit, target }: ShareParts): Share[] {
  const { connect, driver, protocolVersion } = resolved;
  const { processes, sourceAddresses } = fit;
  const plan = locateFiles(resolved.plan, folder);
  return Array.from({ length: processes }, (_, process) => ({
    plan,
    process,
    processes,
    target: addressOf(target, request),
    connect,
    sourceAddresses,
    driver,
    protocolVersion,
    ...(request.traceUser === undefined ? {} : { traceUser: request.traceUser }),
  }));
}

/**
 * What agents are given.
 *
 * @throws ClusterError OPTION_INVALID when a behaviour of the scenario's own cannot be sent.
 */
export function bundleOf({ request, resolved, folder, target }: Omit<ShareParts, 'fit'>): Bundle {
  const { plan, connect, driver, protocolVersion } = resolved;
  return {
    tool: toolVersion(),
    plan,
    planHash: planHash(plan),
    target: addressOf(target, request),
    connect,
    driver,
    protocolVersion,
    traceUser: request.traceUser,
    ...collectFiles(plan, folder),
  };
}

function addressOf(
  { host, port, path, url, others = [] }: ShareParts['target'],
  { insecure }: ShareParts['request'],
): TargetAddress {
  const further = others.map((other) => ({ host: other.host, port: other.port }));
  const hosts = further.length === 0 ? {} : { others: further };
  return { host, port, path, secure: url.startsWith('wss:'), insecure: insecure ?? false, ...hosts };
}
