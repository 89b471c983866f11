/** What behaviours of the scenario's own throw: counted by name, and the first of it told in words. */
import { fileURLToPath } from 'node:url';
import { asError } from '../../../server/errors/index.ts';
import type { AgentReport } from '../messages.ts';
import type { Recorder } from '../recording/index.ts';
import { CallFailed, UserGone } from './user.ts';

/** Where an error came by: files of a stack, the innermost first. */
const PLACE = /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^()\n]*:\d+:\d+)/g;

/** The code of load processes, in which an error is none of the scenario's. */
const OUR_CODE = ['loadgen/', 'server/'].map((folder) =>
  fileURLToPath(new URL(`../../../${folder}`, import.meta.url)),
);

/** Names that a rule can have in its path. */
const NAME = /^[\w-]{1,64}$/;

/** The errors of a load process. */
export class ThrownErrors {
  readonly #recorder: Recorder;
  readonly #report: (report: AgentReport) => void;
  readonly #files: readonly string[];
  #isTold = false;

  /** @param files The modules of the behaviours, named when an error does not say where it came from. */
  constructor(recorder: Recorder, report: (report: AgentReport) => void, files: readonly string[]) {
    this.#recorder = recorder;
    this.#report = report;
    this.#files = files;
  }

  /** Counts an error. Says whether it is one: whoever only misses its connection has not failed. */
  count(error: unknown): boolean {
    if (error instanceof UserGone) return false;
    this.#recorder.thrown(nameOf(error));
    if (!this.#isTold) this.#report({ type: 'threw', text: this.#describe(error) });
    this.#isTold = true;
    return true;
  }

  #describe(error: unknown): string {
    // Whoever throws may have made the message anything.
    const [message = ''] = String(asError(error).message).split('\n');
    const place = placesIn(error).find(isTheirs);
    const where = place ?? this.#files.join(' or ');
    return `A behaviour threw ${nameOf(error)} "${message}" in ${where}: errors of behaviours are counted, and the run goes on`;
  }
}

/** The name under which something thrown is counted. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name: unknown = error.name;
  return typeof name === 'string' && NAME.test(name) && !(name in Object.prototype) ? name : 'Error';
}

/**
 * Tells whether an error that nobody caught is a behaviour's: not when only code of our own was under way, but for
 * errors that are made for behaviours.
 */
export function isOfBehaviour(error: unknown): boolean {
  if (error instanceof UserGone || error instanceof CallFailed) return true;
  const places = placesIn(error);
  return !places.some(isOurs) || places.some(isTheirs);
}

/** With line and column, as editors take them. */
function placesIn(error: unknown): string[] {
  const stack = error instanceof Error ? String(error.stack) : '';
  return [...stack.matchAll(PLACE)].map(([, place = '']) =>
    place.startsWith('file:') ? fileURLToPath(place) : place,
  );
}

function isOurs(place: string): boolean {
  return OUR_CODE.some((folder) => place.startsWith(folder));
}

/** Libraries are used by both. */
function isTheirs(place: string): boolean {
  return !isOurs(place) && !place.includes('/node_modules/');
}
