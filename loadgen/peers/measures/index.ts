/** Door of `measures`: what can be found out about a subject. */
import { connectAnonymous, connectKnown, connectNew } from './connect.ts';
import { echo } from './echo.ts';
import type { Measure } from './measure.ts';
import { memory } from './memory.ts';

export type { Measure, Setting } from './measure.ts';

/** All of them, in the order in which they are taken. */
export const measures: readonly Measure[] = [memory, connectAnonymous, connectKnown, connectNew, echo];
