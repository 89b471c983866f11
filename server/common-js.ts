/** What `require` gives instead of the door's exports. */
import { attach, listen } from './attach/index.ts';
import { ClusterError } from './errors/index.ts';
import { SocketCluster } from './master/index.ts';
import { minBinCodec } from './protocol/index.ts';

/**
 * The class itself, as SocketCluster 14 has it: `const SocketCluster = require('socketcluster')`. Its property
 * of the same name is how version 0.9 has it, and the other exports are properties as well.
 */
export const commonJs = Object.assign(SocketCluster, {
  SocketCluster,
  ClusterError,
  attach,
  listen,
  minBinCodec,
});
