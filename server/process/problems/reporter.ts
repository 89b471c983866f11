/** Tells the master of warnings and errors that a process survived; the master's log is the one for all processes. */
import type { Message } from '../ipc.ts';
import { plainOf } from './plain-error.ts';

/** An error says that something was lost or not done, a warning that it was refused or is in danger. */
export type Severity = 'warning' | 'error';

/** Which problems are told, and to whom. */
export interface ReporterOptions {
  tell(message: Message): void;
  propagateErrors: boolean;
  propagateWarnings: boolean;
}

/** Problems of one severity told within a window: clients can cause them, and must not fill the log with them. */
const MOST_IN_A_WINDOW = 20;
/** Length of a window, milliseconds. */
const WINDOW_MS = 1_000;

export class Reporter {
  readonly #tell: (message: Message) => void;
  readonly #isWanted: Readonly<Record<Severity, boolean>>;
  readonly #seen: Record<Severity, number> = { warning: 0, error: 0 };
  #timer: NodeJS.Timeout | undefined;

  constructor({ tell, propagateErrors, propagateWarnings }: ReporterOptions) {
    this.#tell = tell;
    this.#isWanted = { error: propagateErrors, warning: propagateWarnings };
  }

  /** Tells of a problem, or counts it when there were too many of its kind within a second. */
  report(severity: Severity, thrown: unknown): void {
    if (!this.#isWanted[severity]) {
      return;
    }
    this.#timer ??= setTimeout(() => this.#endWindow(), WINDOW_MS).unref();
    this.#seen[severity] += 1;
    if (this.#seen[severity] <= MOST_IN_A_WINDOW) {
      this.#send(severity, thrown);
    }
  }

  #endWindow(): void {
    this.#timer = undefined;
    for (const severity of ['warning', 'error'] as const) {
      const left = this.#seen[severity] - MOST_IN_A_WINDOW;
      this.#seen[severity] = 0;
      if (left > 0) {
        const kind = `${severity}${left === 1 ? '' : 's'}`;
        this.#send(severity, `Left out ${left} more ${kind}: at most ${MOST_IN_A_WINDOW} a second are told`);
      }
    }
  }

  #send(severity: Severity, thrown: unknown): void {
    this.#tell({ type: 'problem', severity, error: plainOf(thrown) });
  }
}
