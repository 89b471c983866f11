/** Everybody who watches a run: the terminal or the log, browsers, and whoever reads along with one user. */
import { type Broadcast, createLive, glanceAt, mayColour } from '../../../reports/index.ts';
import { type RunListeners, scenarioNames } from '../../coordinator/index.ts';
import { Tracer } from './tracer.ts';

/** What `run` does without `--scenario`. */
export const DEMONSTRATION = 'ping-pong';

/** What was asked for. */
interface WatchFlags {
  scenario?: string | undefined;
  traceUser?: number | undefined;
  quiet?: boolean | undefined;
}

/** Listeners of a run, and an end: the last second may not have been shown yet. */
export interface Watching extends RunListeners {
  end(): void;
}

/** Makes what watches a run. */
export function watch(
  { scenario, traceUser, quiet }: WatchFlags,
  broadcast: Broadcast | undefined,
  stderr: NodeJS.WriteStream = process.stderr,
): Watching {
  const say = (text: string): unknown => stderr.write(text);
  const tracer = traceUser === undefined ? undefined : new Tracer(traceUser, say);
  let live: ReturnType<typeof createLive> | undefined;
  return {
    begin(header, soFar) {
      const glance = glanceAt(soFar);
      broadcast?.begin(glance);
      if (quiet === true) {
        return;
      }
      if (scenario === undefined) {
        say(introduction());
      }
      // The frames of a user would tear a block apart.
      const output = tracer === undefined ? stderr : { write: say };
      live = createLive({ header, glance, output, colour: mayColour(stderr, process.env) });
    },
    second(second) {
      live?.show(second);
      broadcast?.show();
    },
    trouble: (text) => say(`${text}\n`),
    ...(tracer === undefined ? {} : { trace: (frame) => tracer.frame(frame) }),
    end: () => live?.end(),
  };
}

function introduction(): string {
  return `No --scenario: running ${DEMONSTRATION}. There are ${scenarioNames().join(', ')}.\n`;
}
