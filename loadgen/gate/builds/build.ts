/** What a gate compares. */
import type { Arm } from '../../../reports/gate/index.ts';

/** What every build has: the door of its server. */
export const SERVER_DOOR = 'dist/server/index.js';

/** One of the two builds: a tree of this project with everything it needs to run. */
export interface Build {
  readonly name: Arm;
  /** Holds `dist/` and `node_modules/`. */
  readonly directory: string;
  /** What it was made from; empty where that is no commit. */
  readonly commit: string;
}
