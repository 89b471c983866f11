/** Door of `subjects`: the servers that can be measured. */

import { oursAccepting, oursDealt } from './ours.ts';
import { ownPackage, singleProcess } from './single-process.ts';
import type { Subject } from './subject.ts';

export type { Running, Subject } from './subject.ts';

/** All of them; the first ones are measured unless others are named. */
export const subjects: readonly Subject[] = [
  oursDealt,
  singleProcess('socketcluster-20', {
    setup: 'socketcluster-server 20.0.1 attached to one HTTP server, all options at their defaults',
    path: '/socketcluster/',
  }),
  singleProcess('ours-attached', {
    setup: 'attached to one HTTP server, all options at their defaults',
    path: '/socketcluster/',
    packages: ownPackage,
  }),
  oursAccepting,
];
