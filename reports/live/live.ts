/**
 * What a person sees while a run goes on. On a terminal one block that renews itself each second; anywhere
 * else one line every five seconds whose names never change, so that a log can be searched.
 */
import type { Header, Run, Second } from '../../loadgen/results/index.ts';
import { blockOf } from './block.ts';
import type { Glance } from './glance.ts';
import { formatProgressLine, type SoFar } from './progress-line.ts';
import { standingOf } from './standing.ts';
import { type Output, TerminalBlock } from './terminal.ts';

export interface Live {
  /** Shows one second of the run. Called in order, once per second. */
  show(second: Second): void;
  /** Shows the last second, if it was not shown yet. May be called more than once. */
  end(): void;
}

export interface LiveParts {
  header: Header;
  /** The run so far, for its rules and events. */
  glance: Glance<Run>;
  output: Output;
  /** Whether escape codes for colours may be written. Default false. */
  colour?: boolean;
}

const LINE_EVERY_SECONDS = 5;

/** Starts the live view of a run. Nothing is written before the first second. */
export function createLive(parts: LiveParts): Live {
  const soFar: SoFar = { timedOut: 0, lost: 0, unsent: 0, errors: 0, misdelivered: 0 };
  const view = parts.output.isTTY === true ? blockView(parts) : lineView(parts);
  return {
    show(second) {
      const { pushLost, pushDuplicated, pushReordered, pushUnasked } = second;
      soFar.timedOut += second.timedOut;
      soFar.lost += second.lost;
      soFar.unsent += second.unsent;
      soFar.errors += second.errors;
      soFar.misdelivered += pushLost + pushDuplicated + pushReordered + pushUnasked;
      view.show(second, soFar);
    },
    end: () => view.end(soFar),
  };
}

interface View {
  show(second: Second, soFar: SoFar): void;
  end(soFar: SoFar): void;
}

function blockView({ header, glance, output, colour = false }: LiveParts): View {
  const block = new TerminalBlock(output, colour);
  return {
    show(second, soFar) {
      const run = glance();
      const standing = standingOf(run);
      block.show(blockOf({ header, second, soFar, standing, events: run.events }, block.columns));
    },
    // The next summary must not be taken for a new state of this block.
    end: () => block.leave(),
  };
}

function lineView({ header, output }: LiveParts): View {
  let next = 0;
  let held: Second | undefined;
  return {
    show(second, soFar) {
      held = second;
      if (second.second < next) return;
      next = second.second - (second.second % LINE_EVERY_SECONDS) + LINE_EVERY_SECONDS;
      this.end(soFar);
    },
    end(soFar) {
      if (held !== undefined) output.write(`${formatProgressLine(header, held, soFar)}\n`);
      held = undefined;
    },
  };
}
