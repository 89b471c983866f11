/** A run as a whole: the lines of a record made into seconds and a summary, and the end of a run decided. */
import { ClusterError } from '../../server/errors/index.ts';
import type {
  Final,
  Header,
  HttpRecord,
  Probe,
  RecordLine,
  RuleResult,
  RunEvent,
  Totals,
  Verdict,
  Window,
} from './record/index.ts';
import type { Second } from './second.ts';
import { summarizeRun } from './summarize/index.ts';
import type { Summary } from './summary.ts';
import { isMeasured, phaseIndex, Timeline } from './timeline.ts';
import { Books, judge } from './verdict/index.ts';

/** Everything a report is made from. Plain data. */
export interface Run {
  header: Header;
  timeline: Second[];
  events: RunEvent[];
  /** Null when the record was cut off before the end of the run. */
  final: Final | null;
  summary: Summary;
}

/** What the coordinator knows at the end of a run. */
export interface Ending extends Pick<Final, 'clockErrorsMs' | 'startLateMs'> {
  /** Length of the run in seconds. */
  seconds: number;
  /** Per load process; null for one that was lost. */
  totals: (Totals | null)[];
  /** Holds the scenario's rules against the summary, whose own rules and verdict are not yet decided. */
  evaluate: (summary: Summary) => RuleResult[];
}

const CUT_OFF: Verdict = {
  status: 'invalid',
  validity: 'invalid',
  reasons: ['The record has no final line: the run was cut off'],
};

const UNDECIDED: Verdict = { status: 'invalid', validity: 'invalid', reasons: [] };

/** A run while it goes on. It grows by one small object a second, however many lines its record gets. */
export class OpenRun {
  readonly #header: Header;
  readonly #timeline: Timeline;
  readonly #books = new Books();
  readonly #events: RunEvent[] = [];
  #http: HttpRecord | undefined;

  constructor(header: Header) {
    this.#header = header;
    this.#timeline = new Timeline(header.phases, header.generator.agents);
  }

  /** Takes a line of the record, in any order; the windows of one load process in theirs. */
  add(line: Window | Probe | RunEvent | HttpRecord): void {
    if (line.type === 'http') {
      this.#http = line;
      return;
    }
    if (line.type === 'event') {
      this.#events.push(line);
      return;
    }
    if (line.type === 'window') this.#books.add(line);
    this.#timeline.add(line);
  }

  /**
   * Awaits nothing more of all seconds up to this one; what comes late is counted nevertheless.
   * @returns That second; undefined when nobody told anything of it.
   */
  settle(through: number): Second | undefined {
    return this.#timeline.settle(through);
  }

  /** Summarizes the seconds settled so far, without rules and verdict. */
  soFar(): Summary {
    return this.#madeSoFar().summary;
  }

  /** The run as far as its seconds are settled, with what the rules would say of it. Its verdict is not decided. */
  runSoFar(evaluate: Ending['evaluate']): Run {
    const run = this.#madeSoFar();
    return { ...run, final: null, summary: { ...run.summary, rules: evaluate(run.summary) } };
  }

  #madeSoFar(): Run {
    const seconds = (this.#timeline.seconds.at(-1)?.second ?? -1) + 1;
    return this.#made({ type: 'final', seconds, totals: [], verdict: UNDECIDED, rules: [] });
  }

  /** Ends the run: holds the rules against what was measured, judges it, and makes the record's final line. */
  conclude({ evaluate, ...ending }: Ending): Run & { final: Final } {
    const { totals } = ending;
    const undecided: Final = { type: 'final', ...ending, verdict: UNDECIDED, rules: [] };
    this.#timeline.settle(Number.POSITIVE_INFINITY);
    const run = this.#made(undecided);
    const held = evaluate(run.summary);
    const phases = this.#header.phases;
    const verdict = judge({
      summary: { ...run.summary, rules: held },
      events: run.events,
      faults: this.#header.faults ?? [],
      totals,
      visits: this.#timeline.visits,
      conservation: this.#books.check(totals),
      hasMeasured: run.timeline.some(({ second }) => {
        const phase = phases[phaseIndex(phases, second)];
        return phase !== undefined && isMeasured(phase);
      }),
    });
    const isJudged = verdict.validity !== 'invalid';
    const rules = isJudged ? held : held.map((rule) => ({ ...rule, ok: null }));
    return { ...run, final: { ...undecided, verdict, rules }, summary: { ...run.summary, verdict, rules } };
  }

  /** Makes the run out of what its final line already decided; null when it has none. */
  close(final: Final | null): Run {
    this.#timeline.settle(Number.POSITIVE_INFINITY);
    const last = this.#timeline.seconds.at(-1)?.second ?? -1;
    const run = this.#made(
      final ?? { type: 'final', seconds: last + 1, totals: [], verdict: CUT_OFF, rules: [] },
    );
    return { ...run, final };
  }

  #made(final: Final): Run & { final: Final } {
    const [header, timeline] = [this.#header, this.#timeline];
    const summary = summarizeRun({ header, timeline, ending: final, http: this.#http });
    return { header, timeline: timeline.seconds, events: this.#events, final, summary };
  }
}

/**
 * Makes a run out of the lines of its record, in any order but with one header.
 * @throws ClusterError `RECORD_INVALID` without a header.
 */
export function toRun(lines: readonly RecordLine[]): Run {
  const header = lines.find((line) => line.type === 'header');
  if (header === undefined) {
    throw new ClusterError('Cannot read run record: no line of type "header", wanted one', {
      code: 'RECORD_INVALID',
    });
  }
  const run = new OpenRun(header);
  for (const line of lines) if (line.type === 'event' || line.type === 'http') run.add(line);
  for (const line of inOrder(lines)) {
    // Whole seconds one after the other: the distributions of all of them at once would fill the memory.
    run.settle(line.second - 1);
    run.add(line);
  }
  return run.close(lines.find((line) => line.type === 'final') ?? null);
}

/** Computes the summary of a record's lines. */
export function summarize(lines: readonly RecordLine[]): Summary {
  return toRun(lines).summary;
}

function inOrder(lines: readonly RecordLine[]): (Window | Probe)[] {
  return lines
    .filter((line) => line.type === 'window' || line.type === 'probe')
    .sort((one, other) => one.second - other.second);
}
