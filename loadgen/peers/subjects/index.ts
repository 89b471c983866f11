/** Door of `subjects`: the servers that can be measured. */

import { fromPackage, ownPackage } from './from-package.ts';
import { oursAccepting, oursDealt, oursOnWs } from './ours.ts';
import type { Subject } from './subject.ts';

export type { Ability, Running, Subject } from './subject.ts';

/** All of them; `ours` and the servers of others are measured unless some are named. */
export const subjects: readonly Subject[] = [
  oursDealt,
  fromPackage('socketcluster-20', {
    setup: 'socketcluster-server 20.0.1 attached to one HTTP server, all options at their defaults',
    path: '/socketcluster/',
  }),
  fromPackage('socketcluster-14', {
    setup:
      'socketcluster 14.4.2 as its server.js starts it: master, 1 worker, 1 broker, environment prod, wsEngine ws (sc-uws, which it names as the faster one, is not to be had any more); "process" is the worker',
    path: '/socketcluster/',
  }),
  fromPackage('socket.io', {
    setup:
      'socket.io 4.8.4 attached to one HTTP server, WebSocket alone, no compression, no client files, reference to the first request given up, as its pages on performance and memory advise; without native add-ons, which install by a script; rooms in memory, publications sent on by a handler',
    path: '/socket.io/?EIO=4&transport=websocket',
    dialect: 'socket.io',
    lacks: { tokens: 'leaves tokens to the application' },
  }),
  fromPackage('ws', {
    setup:
      'ws 8.23.0, bare: perMessageDeflate false, no subprotocol, each message sent back as it came; fan-out is a loop over all its clients, without channels',
    path: '/',
    dialect: 'plain',
    lacks: {
      tokens: 'knows no tokens',
      'slow readers': 'leaves what was not read to the application',
    },
  }),
  fromPackage('ours-attached', {
    setup: 'attached to one HTTP server, all options at their defaults',
    path: '/socketcluster/',
    packages: ownPackage,
  }),
  oursAccepting,
  oursOnWs,
];
