/** What measuring cost, and how late it was. */
import { z } from 'zod';
import { added, count, figure } from './figures.ts';

/** How late load processes looked up. */
export const loopDelay = z
  .object({
    p99: figure('99 % waited no longer'),
    p995: figure('99.5 % waited no longer'),
    p999: figure('99.9 % waited no longer'),
    max: figure('The longest'),
  })
  .describe('How long what came in at any time waited until its load process read it, ms');

const loadProcess = z.object({
  id: z.number().describe('-1 is the coordinator, -2 what makes HTTP requests'),
  pid: z.number(),
  cpuCores: figure('Cores'),
  rssMB: figure('Most memory, MB'),
  users: count('Open sockets at the end'),
  loopUtilisation: figure('Share of the time its event loop was busy'),
  gcMsPerSecond: added('Garbage collection, ms a second'),
  waitMsPerSecond: added('Ready to run but without a processor, ms a second'),
  throttledMsPerSecond: added('Stopped by the quota of its control group, ms a second'),
  loopDelayMs: loopDelay.optional(),
});

const ownError = {
  errorMs: added('What the generator itself may have added to a p99, ms'),
  resolutionMs: added('What of it comes from the way load processes sleep, ms'),
};

/** All of its processes. */
export const generator = z.object({
  cpuCores: figure('Cores'),
  rssMB: figure('Most memory, MB'),
  cpuMicrosPerMessage: figure('Processor time a message, µs'),
  bytesPerUser: figure('Memory a user').optional(),
  ...ownError,
  arrivals: z.object(ownError).optional().describe('The same where users come; whole run'),
  processes: z.array(loadProcess),
});
