/** Flags with which commands find the bus, the same for all of them. */
import type { Command, Option } from 'commander';
import { asError, ClusterError } from '../../../server/errors/index.ts';
import { type BusAddress, parseBusUrl } from '../../bus/index.ts';

/** What is typed besides the URL. */
export interface BusFlags {
  natsCluster?: string;
  natsCredentials?: string;
  natsCa?: string;
  natsCert?: string;
  natsKey?: string;
}

/** Adds the flags to a command. The URL may come from the environment, where no list of processes shows its password. */
export function addBusFlags(command: Command, url: Option): Command {
  return command
    .addOption(url.argParser(checked))
    .option('--nats-cluster <name>', 'which agents belong together; it scopes all subjects')
    .option('--nats-credentials <file>', 'token and key, as the tools of NATS write them')
    .option('--nats-ca <file>', 'authority that vouches for the server; the line is encrypted then')
    .option('--nats-cert <file>', 'certificate to show to the server')
    .option('--nats-key <file>', 'its key');
}

/** Makes an address of them. */
export function busAddressOf(url: string, flags: BusFlags): BusAddress {
  const { natsCluster, natsCredentials, natsCa, natsCert, natsKey } = flags;
  return parseBusUrl(url, {
    cluster: natsCluster,
    credentials: natsCredentials,
    ca: natsCa,
    cert: natsCert,
    key: natsKey,
  });
}

/** Commander's own sentence would quote what may be a password. */
function checked(url: string): string {
  try {
    parseBusUrl(url);
    return url;
  } catch (error) {
    throw new ClusterError(asError(error).message, { code: 'USAGE_WRONG', cause: error });
  }
}
