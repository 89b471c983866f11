/** A run as a whole: the lines of a record made into seconds and a summary, and the end of a run decided. */
import { ClusterError } from '../../server/errors/index.ts';
import type {
  Final,
  Header,
  Probe,
  RecordLine,
  RuleResult,
  RunEvent,
  Totals,
  Verdict,
  Window,
} from './run-record.ts';
import { summarizeRun } from './summarize.ts';
import type { Summary } from './summary.ts';
import { type Second, Timeline } from './timeline.ts';
import { checkConservation, judge } from './verdict/index.ts';

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
export interface Ending {
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
  const timeline = new Timeline(header.phases);
  for (const [second, parts] of bySecond(lines)) timeline.push(second, parts);
  const events = lines.filter((line) => line.type === 'event');
  const final = lines.find((line) => line.type === 'final') ?? null;
  const ending = final ?? {
    seconds: (timeline.seconds.at(-1)?.second ?? -1) + 1,
    totals: [],
    verdict: CUT_OFF,
    rules: [],
  };
  const summary = summarizeRun({ header, timeline, ending });
  return { header, timeline: timeline.seconds, events, final, summary };
}

/** Computes the summary of a record's lines. */
export function summarize(lines: readonly RecordLine[]): Summary {
  return toRun(lines).summary;
}

/**
 * Ends a run: holds the rules against what was measured, judges it, and makes the final line.
 * The lines are those of the record so far; `final` is for the caller to append.
 */
export function conclude(lines: readonly RecordLine[], ending: Ending): Run & { final: Final } {
  const { seconds, totals } = ending;
  const undecided: Final = { type: 'final', seconds, totals, verdict: UNDECIDED, rules: [] };
  const run = toRun([...lines, undecided]);
  const rules = ending.evaluate(withoutEmptyTimes(run.summary));
  const windows = lines.filter((line) => line.type === 'window');
  const verdict = judge({
    summary: { ...run.summary, rules },
    events: run.events,
    totals,
    conservation: checkConservation({ windows, totals }),
    hasSteady: run.timeline.some(({ phase }) => phase === 'steady'),
  });
  return { ...run, final: { ...undecided, verdict, rules }, summary: { ...run.summary, verdict, rules } };
}

/** Quantiles of nothing are zeros, and no rule may take these for fast answers. */
function withoutEmptyTimes(summary: Summary): Summary {
  if (summary.messages.received > 0) return summary;
  const { response: _response, service: _service, ...latencyMs } = summary.latencyMs;
  return { ...summary, latencyMs: latencyMs as Summary['latencyMs'] };
}

function bySecond(lines: readonly RecordLine[]): [number, { windows: Window[]; probe: Probe | null }][] {
  const seconds = new Map<number, { windows: Window[]; probe: Probe | null }>();
  for (const line of lines) {
    if (line.type !== 'window' && line.type !== 'probe') continue;
    const parts = seconds.get(line.second) ?? { windows: [], probe: null };
    if (line.type === 'window') parts.windows.push(line);
    else parts.probe = line;
    seconds.set(line.second, parts);
  }
  return [...seconds].sort(([one], [other]) => one - other);
}
