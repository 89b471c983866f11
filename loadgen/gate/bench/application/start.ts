/** What the bench tells its application in the servers, by an environment variable: servers of any version pass it on. */
import type { Planted } from './plant.ts';

const VARIABLE = 'SCBENCH_GATE';

/** The size of a process's environment moves its stack: that of both builds is equal. */
const LENGTH = 512;

/** What the application of one server is told. */
export interface ApplicationStart {
  /** Socket at which the bench listens. */
  line: string;
  /** What is planted; null for an honest build. */
  planted: Planted | null;
}

/** Writes it for the environment of a server's processes. */
export function environmentOf(start: ApplicationStart): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(start).padEnd(LENGTH) };
}

/** Reads it within a worker. */
export function readStart(environment: NodeJS.ProcessEnv): ApplicationStart {
  return JSON.parse(environment[VARIABLE] ?? '') as ApplicationStart;
}
