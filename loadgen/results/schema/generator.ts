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

const agent = z.object({
  id: z.string().describe('Its name'),
  processes: count('Load processes'),
  users: count('Users at the end of the last measured phase'),
  cpuCores: figure('Cores'),
  rssMB: figure('Most memory, MB'),
  latenessP99Ms: added('Intended to actual send, ms'),
  startLateMs: added('How much later than the common start it began, ms'),
  clockOffsetMs: figure("How far its clock was ahead of the coordinator's, ms"),
  clockErrorMs: figure('How far times by its clock may be off, ms'),
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
  startLateMs: z.object({ p99: figure('99 % began by then, ms'), max: figure('The latest, ms') }).optional(),
  agents: z.array(agent).optional().describe("Hosts that held users; missing when the coordinator's did"),
  processes: z.array(loadProcess),
});
