/**
 * What a person sees while a run goes on. On a terminal one block that renews itself each second; anywhere
 * else one line every five seconds whose names never change, so that a log can be searched.
 */
import type { Header, Second } from '../loadgen/results/index.ts';
import { formatClock, formatCount, formatDecimal, formatRate, totalOf } from './figures/index.ts';

/** Where progress is written: `process.stderr` satisfies it. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Live {
  /** Shows one second of the run. Called in order, once per second. */
  show(second: Second): void;
  /** Shows the last second, if it was not shown yet. May be called more than once. */
  end(): void;
}

/** Counts that a single second does not hold. */
export interface SoFar {
  timedOut: number;
  lost: number;
  unsent: number;
  /** Answers that told of an error. */
  errors: number;
  /** Publications that did not come, came twice or came too late. */
  misdelivered: number;
}

const LINE_EVERY_SECONDS = 5;
const BAR_CELLS = 32;
const DEFAULT_COLUMNS = 80;
const CURSOR_UP_AND_CLEAR = (lines: number): string => `\u001b[${lines}A\u001b[J`;

/** Starts the live view of a run. Nothing is written before the first second. */
export function createLive(header: Header, output: Output): Live {
  const soFar: SoFar = { timedOut: 0, lost: 0, unsent: 0, errors: 0, misdelivered: 0 };
  const view = output.isTTY === true ? blockView(header, output) : lineView(header, output);
  return {
    show(second) {
      soFar.timedOut += second.timedOut;
      soFar.lost += second.lost;
      soFar.unsent += second.unsent;
      soFar.errors += second.errors;
      soFar.misdelivered += second.pushLost + second.pushDuplicated + second.pushReordered;
      view.show(second, soFar);
    },
    end: () => view.end(soFar),
  };
}

/** Formats one second as one line of `name=value` pairs. Latencies in milliseconds, rates per second. */
export function formatProgressLine(header: Header, second: Second, soFar: SoFar): string {
  const { users, response, lateness } = second;
  const pairs = {
    t: second.second + 1,
    phase: second.phase,
    users: `${users.open}/${header.users}`,
    sent_per_s: second.sent,
    answered_per_s: second.answered,
    pushed_per_s: second.pushed,
    p50_ms: response?.p50.toFixed(2) ?? '-',
    p99_ms: response?.p99.toFixed(2) ?? '-',
    lateness_p99_ms: lateness?.p99.toFixed(2) ?? '-',
    failed: totalOf(second.failedSoFar),
    dropped: totalOf(second.droppedSoFar),
    timed_out: soFar.timedOut,
    lost: soFar.lost,
    unsent: soFar.unsent,
    errors: soFar.errors,
    misdelivered: soFar.misdelivered,
  };
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** Formats one second as the lines of the block shown on a terminal, none longer than `columns`. */
export function formatProgress(
  header: Header,
  second: Second,
  { soFar, columns }: { soFar: SoFar; columns: number },
): string[] {
  const { users, response, push, lateness, generator } = second;
  const times = response ?? push;
  const length = header.phases.at(-1)?.end ?? second.second + 1;
  const elapsed = second.second + 1;
  const done = Math.min(BAR_CELLS, Math.round((elapsed / length) * BAR_CELLS));
  const failed = totalOf(second.failedSoFar);
  const dropped = totalOf(second.droppedSoFar);
  const pushed = second.pushed > 0 ? `, ${formatRate(second.pushed)}/s delivered` : '';
  const more =
    (soFar.errors > 0 ? `, ${formatCount(soFar.errors)} errors` : '') +
    (soFar.misdelivered > 0 ? `, ${formatCount(soFar.misdelivered)} misdelivered` : '');
  const lines = [
    `${header.scenario}  ${formatClock(elapsed)} / ${formatClock(length)}  ${'█'.repeat(done)}${'░'.repeat(BAR_CELLS - done)}  ${second.phase}`,
    `  users      ${formatCount(users.open)} of ${formatCount(header.users)} open, ${formatCount(failed)} failed, ${formatCount(dropped)} dropped`,
    `  messages   ${formatRate(second.sent)}/s sent, ${formatRate(second.answered)}/s answered${pushed}`,
    `  faults     ${formatCount(soFar.timedOut)} timed out, ${formatCount(soFar.lost)} lost, ${formatCount(soFar.unsent)} never sent${more}`,
    `  ${response === undefined && push !== undefined ? 'push    ' : 'response'}   p50 ${formatDecimal(times?.p50)} ms, p99 ${formatDecimal(times?.p99)} ms, lateness p99 ${formatDecimal(lateness?.p99)} ms`,
    `  cores      generator ${formatDecimal(generator.cpuCores)}, server ${formatDecimal(serverCores(second))}`,
  ];
  return lines.map((line) => line.slice(0, columns));
}

function serverCores({ probe }: Second): number | null {
  return probe === null || probe.processes.length === 0
    ? null
    : probe.processes.reduce((sum, { cpuCores }) => sum + cpuCores, 0);
}

interface View {
  show(second: Second, soFar: SoFar): void;
  end(soFar: SoFar): void;
}

function blockView(header: Header, output: Output): View {
  let shown = 0;
  return {
    show(second, soFar) {
      // A line as long as the terminal is wide would wrap, and the block would climb.
      const columns = (output.columns ?? DEFAULT_COLUMNS) - 1;
      const lines = formatProgress(header, second, { soFar, columns });
      output.write(`${shown > 0 ? CURSOR_UP_AND_CLEAR(shown) : ''}${lines.join('\n')}\n`);
      shown = lines.length;
    },
    end() {
      // The next summary must not be taken for a new state of this block.
      shown = 0;
    },
  };
}

function lineView(header: Header, output: Output): View {
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
