/** Door of `peers`: the file that a comparison with other servers or clients leaves behind. */
export {
  PEERS_VERSION,
  type PeerCell,
  type PeerComparison,
  type PeerRatio,
  type PeerRow,
  type PeerTarget,
} from './comparison.ts';
export { parsePeers } from './parse.ts';
