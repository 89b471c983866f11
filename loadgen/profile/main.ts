/** Loaded into the process that is profiled, ahead of its own main file. */
import { flushBeforeExit } from './flush.ts';

flushBeforeExit(process);
