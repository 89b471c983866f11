/** Door of `measures`: what can be found out about a subject. */
import { connectAnonymous, connectKnown, connectNew } from './connect.ts';
import { echo } from './echo.ts';
import { fanOutBurst, fanOutSingle } from './fan-out.ts';
import type { Measure } from './measure.ts';
import { memory } from './memory.ts';
import { pipelined } from './pipelined.ts';
import { stalled } from './stalled.ts';
import { tail } from './tail.ts';

export { CLIENTS, type Measure, type Setting } from './measure.ts';

/** All of them, in the order in which they are taken. */
export const measures: readonly Measure[] = [
  memory,
  connectAnonymous,
  connectKnown,
  connectNew,
  echo,
  pipelined,
  tail,
  fanOutSingle,
  fanOutBurst,
  stalled,
];
