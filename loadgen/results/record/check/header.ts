/** What the first line of a record must have. */
import { z } from 'zod';
import type { AgentFacts, Header, HostFacts, Phase } from '../header.ts';
import { flag, type Looks, maybe, number, role, text } from './looks.ts';

const foretold = z.object({ cpuCores: number, leastCpuCores: maybe.number, rssMB: number });

const host = z.object({
  cpus: number,
  model: text,
  memoryGB: number,
  kernel: text,
  node: text,
  fdLimit: number,
} satisfies Looks<HostFacts>);

const agent = z.object({
  name: text,
  processes: z.array(number),
  host,
  clock: z.object({ offsetMs: number, errorMs: number }),
} satisfies Looks<AgentFacts>);

/** The header. */
export const header = z.object({
  type: z.literal('header'),
  version: number,
  tool: text,
  scenario: text,
  question: text,
  seed: number,
  startedAt: z.iso.datetime('an ISO time'),
  command: text,
  users: number,
  ramp: number,
  messagesPerSecond: number,
  phases: z.array(
    z.object({
      name: text,
      start: number,
      end: number,
      measured: maybe.flag,
      planned: maybe.number,
      pace: z.object({ from: number, to: number }).exactOptional(),
    } satisfies Looks<Phase>),
  ),
  plan: z.record(text, z.unknown()),
  planHash: text,
  rules: z.array(text),
  faults: z
    .array(z.object({ second: number, text, role: role.exactOptional(), id: maybe.number }))
    .exactOptional(),
  target: z.object({ url: text, own: flag, workers: number, brokers: number, balancers: number }),
  generator: z.object({
    processes: number,
    sourceAddresses: number,
    driver: text,
    precedence: z.enum(['real-time', 'high', 'normal']).exactOptional(),
    agents: z.array(agent).exactOptional(),
  }),
  host,
  forecast: z
    .object({ users: number, limit: text, generator: foretold, target: foretold.nullable() })
    .exactOptional(),
  profile: z
    .object({
      tool: z.enum(['doctor', 'flame', 'bubbleprof', 'heapprofiler', 'cpu']),
      role,
      id: number,
      file: maybe.text,
    })
    .exactOptional(),
} satisfies Looks<Header>);
