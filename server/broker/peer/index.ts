/** Door of `peer`: the broker's ends of its links. */
export { Peer } from './peer.ts';
export { Peers } from './peers.ts';
