/** What agents are given to run: a plan, where it goes, and the files of the scenario's own behaviours. Plain data. */
import { createHash } from 'node:crypto';
import type { ConnectSpec, DriverName, Plan, TargetAddress } from '../plan/index.ts';

/** One file of the scenario's own, with all its bytes. */
export interface BundledFile {
  /** From the folder of the bundle, with slashes. */
  path: string;
  /** SHA-256 of the bytes, in hexadecimal digits. */
  sha256: string;
  base64: string;
}

export interface Bundle {
  /** Version of the bench that made it. */
  tool: string;
  plan: Plan;
  /** Hash of the schedule, for the agent to work out by itself. */
  planHash: string;
  target: TargetAddress;
  connect: ConnectSpec;
  driver: DriverName;
  protocolVersion: 1 | 2 | 'auto';
  /** Number of a user within the whole run whose frames are to be told. */
  traceUser?: number | undefined;
  /** Which file a behaviour of the plan means: the name in the plan → path in the bundle. */
  behaviours: Record<string, string>;
  files: BundledFile[];
  /** How Node is to read files that end in `.js`. */
  modules: 'module' | 'commonjs';
}

/** A bundle as it goes over the bus: whoever has the hash knows the text. */
export interface SealedBundle {
  text: string;
  hash: string;
}

/** Writes a bundle down. */
export function seal(bundle: Bundle): SealedBundle {
  const text = JSON.stringify(bundle);
  return { text, hash: hashOf(text) };
}

/** SHA-256, in hexadecimal digits. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
