/**
 * Lets a profiler inside a process finish its work. Clinic's write on `beforeExit`, which a process that calls
 * `process.exit` never sees, as ours do.
 */

/** The part of `process` that is needed. */
export type Exiting = Pick<NodeJS.Process, 'emit' | 'exit' | 'exitCode' | 'listenerCount'>;

/** A process that was told to end is killed after a second at the earliest; what is written takes far less. */
const MOST_MS = 700;

/** Makes the first `exit` wait for those that listen to `beforeExit`: they exit when they are done, or time is up. */
export function flushBeforeExit(ending: Exiting, after: typeof setTimeout = setTimeout): void {
  const exit = ending.exit.bind(ending);
  let isAsked = false;
  const leave = (code = ending.exitCode): void => {
    if (isAsked || ending.listenerCount('beforeExit') === 0) exit(code);
    isAsked = true;
    ending.emit('beforeExit', Number(code ?? 0));
    // Bubbleprof writes all it has and then never learns that its file is closed.
    after(() => exit(code), MOST_MS);
  };
  ending.exit = leave as Exiting['exit'];
}
