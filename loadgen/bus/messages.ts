/**
 * What coordinators and agents say to each other. Everybody on the bus may write, so all that an agent is told is
 * checked before it is used; there is no order that names a program, a command or a path of the agent's own.
 */
import { z } from 'zod';

/** Version of all that is below. Both sides refuse another one. */
export const PROTOCOL = 1;

const text = z.string().max(1_000);
/** For people to read: nothing of it moves the cursor of a terminal. */
const words = z.string().transform((said) => said.replaceAll(/[^\P{Cc}\n]/gu, ' '));
/** What a person calls an agent: it stands in tables and on terminals, so all of it can be seen. */
export const agentName = z.string().regex(/^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u);
/** Chosen by whoever made it, at random; one word of a subject. */
const id = z.string().regex(/^[0-9a-f]{16}$/);
const process = z.number().int().min(0).max(100_000);

const build = { tool: words, protocol: z.number().int() };

/** What an agent tells when it is asked who is there. */
export const hello = z.object({
  ...build,
  id,
  /** Chosen by a person; no two agents have the same. */
  name: agentName,
  /** What its host grants. */
  room: z.object({
    cpus: z.number().int().min(1),
    model: text,
    memoryGB: z.number(),
    /** Memory that is free for load processes. */
    memoryBytes: z.number(),
    kernel: text,
    node: text,
    fdLimit: z.number(),
    portRange: z.tuple([z.number(), z.number()]),
    /** IPv4 addresses of the interface that has most, besides loopback. */
    addresses: z.number().int(),
  }),
  /** Whom it works for, and what it does there. Absent: it is free. */
  busy: words.optional(),
});

/** What an agent answers when it is asked for the time, milliseconds. */
export const clockAnswer = z.object({
  /** By the clock that is never set. */
  monotonicMs: z.number(),
  /** By the clock on its wall. */
  wallMs: z.number(),
});

/** What a coordinator asks for: an agent to itself, for one run. */
export const leaseRequest = z.object({
  ...build,
  /** Who asks, for people. */
  coordinator: words,
  scenario: words,
  /** The line that the run goes over. */
  line: id,
});

/** What the agent says to that: nothing, or why not. */
export const leaseAnswer = z.object({ refused: words.optional() });

/** Why a coordinator does not use an agent, for the person who started it. */
export const notice = z.object({ coordinator: words, why: words });

/** Where a publisher of another load process stands in one channel. */
const end = z.object({ channel: z.number(), publisher: z.number(), next: z.number(), intended: z.number() });

/** What a load process may be told through an agent; its share comes from the bundle. */
const told = z.discriminatedUnion('type', [
  /** `monotonicMs`: the common start by the agent's own clock. */
  z.object({ type: z.literal('go'), at: z.number(), monotonicMs: z.number() }),
  z.object({ type: z.literal('ends'), process, ends: z.array(end) }),
  z.object({ type: z.literal('abort') }),
  z.object({ type: z.literal('stop'), withinMs: z.number().min(0).max(60_000) }),
]);

/** From the coordinator to one agent, over its line. */
export const order = z.discriminatedUnion('type', [
  /** What is to be run, and the hash of that text. */
  z.object({ type: z.literal('bundle'), text: z.string().max(100_000_000), hash: text }),
  /** Start a load process for one share of the bundle agreed to. */
  z.object({
    type: z.literal('start'),
    process,
    processes: process,
    sourceAddresses: z.array(text).max(1_000),
  }),
  z.object({ type: z.literal('tell'), process, message: told }),
  z.object({ type: z.literal('kill'), process }),
  /** The run is over. */
  z.object({ type: z.literal('release') }),
]);

const exit = z.object({ code: z.number().nullable(), signal: z.string().nullable(), lastWords: words });

/** From an agent to its coordinator. */
export const report = z.discriminatedUnion('type', [
  /** It will run this and nothing else; the schedule's hash is worked out on its host. */
  z.object({ type: z.literal('agreed'), hash: text, planHash: text }),
  z.object({ type: z.literal('refused'), why: words, isTarget: z.boolean() }),
  z.object({ type: z.literal('started'), process, pid: z.number() }),
  z.object({ type: z.literal('not-started'), process, why: words }),
  /** What a load process said. */
  z.object({ type: z.literal('told'), process, message: z.looseObject({ type: z.string() }) }),
  z.object({ type: z.literal('exited'), process, exit }),
  /** Somebody ends the agent. */
  z.object({ type: z.literal('leaving'), why: words }),
  /** Nothing of the run is left on its host. */
  z.object({ type: z.literal('released') }),
]);

export type ClockAnswer = z.infer<typeof clockAnswer>;
export type Hello = z.infer<typeof hello>;
export type LeaseRequest = z.infer<typeof leaseRequest>;
export type LeaseAnswer = z.infer<typeof leaseAnswer>;
export type Order = z.infer<typeof order>;
export type Report = z.infer<typeof report>;

/** Reads what came over the bus; undefined when it is nothing of this kind. */
export function readAs<Kind extends z.ZodType>(kind: Kind, value: unknown): z.infer<Kind> | undefined {
  return kind.safeParse(value).data;
}
