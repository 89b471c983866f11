/**
 * Gathers what a run yields, from all load processes and the probe: into the record as it comes, into
 * seconds for whoever watches, and into one run at the end. It also notices what makes going on pointless.
 */
import type { Exit } from '../../server/process/index.ts';
import type { SpreadsReport } from '../agent/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';
import type { Look } from '../probe/index.ts';
import {
  type Header,
  type HttpRecord,
  OpenRun,
  type Probe,
  type RecordFile,
  type RuleResult,
  type Run,
  type RunEvent,
  type Second,
  type Summary,
  type Totals,
  type Window,
} from '../results/index.ts';
import type { AgentListeners, TracedFrame } from './agents.ts';
import { EndingRules } from './ending-rules/index.ts';
import { FanoutJoin } from './fanout/index.ts';
import type { FaultEvent } from './faults/index.ts';
import { Seconds } from './seconds.ts';
import { describeExit } from './words/index.ts';

const MILLISECONDS = 1_000;

/** Failed attempts after which a target nobody could connect to is given up. */
const HOPELESS_FAILURES = 50;

/** Why a run ends before its plan does. */
export type EarlyEnd =
  | 'interrupted'
  | 'process-lost'
  | 'rule-broken'
  | 'target-lost'
  | 'unreachable'
  | 'unwritten';

/** Whoever watches. */
export interface Watcher {
  /** Takes each second as soon as it is whole. */
  second(second: Second): void;
  trace?(frame: TracedFrame): void;
  /** Takes what somebody should know at once; one sentence. */
  trouble?(text: string): void;
}

export class Gathering implements AgentListeners {
  readonly #seconds: Seconds;
  readonly #fanout: FanoutJoin;
  readonly #watcher: Watcher;
  readonly #early: Promise<EarlyEnd>;
  #end: (why: EarlyEnd) => void = ignore;
  #record: RecordFile | undefined;
  #run: OpenRun | undefined;
  #rules = new EndingRules([]);
  #lastProbe: Probe | null = null;
  #users = 0;
  #startedAt = 0;
  readonly #startLateMs: (number | null)[];
  #hasConnected = false;
  #hasThrown = false;
  #latest = 0;
  /** What comes in once the run is concluded belongs to nobody: the record has its final line. */
  #isConcluded = false;

  /**
   * @param processes Number of load processes.
   * @param fanout Puts together what several of them tell of a publication.
   */
  constructor(processes: number, watcher: Watcher, fanout = new FanoutJoin(processes)) {
    this.#watcher = watcher;
    this.#startLateMs = Array.from({ length: processes }, () => null);
    this.#fanout = fanout;
    this.#seconds = new Seconds(processes, (second) => this.#take(second));
    this.#early = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Resolves when there is a reason to end the run early; never when there is none. */
  get early(): Promise<EarlyEnd> {
    return this.#early;
  }

  /** Opens the record with its header. Rules with `abort` end the run once they are broken. */
  begin(header: Header, record: RecordFile, rules: Resolved['rules'] = []): void {
    this.#rules = new EndingRules(rules);
    this.#record = record;
    this.#run = new OpenRun(header);
    this.#users = header.users;
    this.#startedAt = Date.parse(header.startedAt);
    record.append(header);
  }

  window(own: Window): void {
    const window = this.#fanout.into(own);
    this.#latest = Math.max(this.#latest, window.second);
    this.#append(window);
    this.#seconds.add(window);
  }

  begun(process: number, lateMs: number): void {
    this.#startLateMs[process] = lateMs;
  }

  spreads(report: SpreadsReport): void {
    this.#fanout.add(report);
  }

  trace(frame: TracedFrame): void {
    this.#watcher.trace?.(frame);
  }

  /** Of several load processes that threw one is told: the others did as it did. */
  threw(text: string): void {
    if (this.#hasThrown || this.#isConcluded) return;
    this.#hasThrown = true;
    this.#note('warning', text);
    this.#watcher.trouble?.(text);
  }

  lost(process: number, exit: Exit): void {
    if (this.#record === undefined) {
      return; // It never got ready: whoever waits for that hears of it.
    }
    this.#note('process-lost', `Load process ${process} ended ${describeExit(exit)}`);
    this.#seconds.lose(process);
    this.#fanout.end(process);
    this.#end('process-lost');
  }

  /** Takes what the probe found. */
  look({ probe, events }: Look): void {
    this.#append(probe);
    this.#lastProbe = probe;
    for (const event of events) this.#append(event);
  }

  /** Takes what came of the HTTP requests; null when nobody can tell. */
  http(record: HttpRecord | null): void {
    if (record === null)
      this.#note(
        'warning',
        'What came of the HTTP requests is not known: they did not begin, or their process ended',
      );
    else this.#append(record);
  }

  /** Notes that the whole target ended by itself, and all its connections with it. */
  targetLost(exit: Exit): void {
    this.#note('target-exit', `The server ended ${describeExit(exit)}`);
    this.#end('target-lost');
  }

  /** Notes that somebody wants the run to end now. */
  interrupt(): void {
    this.#note('interrupted', 'The run was interrupted; what was measured until then is kept');
    this.#end('interrupted');
  }

  /** Notes what whoever reads the record should know. */
  warn(text: string): void {
    this.#note('warning', text);
  }

  /** Notes that results cannot be written: what nobody can look at later is measured in vain. */
  unwritten(why: string): void {
    this.#note('unwritten', why);
    this.#end('unwritten');
  }

  /** Notes what was done to the target. */
  fault({ kind, text, ...more }: FaultEvent): void {
    this.#note(kind, text, more);
  }

  /** The run as it is now, with what its rules would say; its verdict is not decided. */
  soFar(evaluate: (summary: Summary) => RuleResult[]): Run {
    if (this.#run === undefined) throw new TypeError('Cannot look at the run: it did not begin');
    return this.#run.runSoFar(evaluate);
  }

  /**
   * Decides the run's verdict and completes its record.
   * @param clockErrorsMs Per agent, when there are agents.
   */
  conclude(
    totals: (Totals | null)[],
    evaluate: (summary: Summary) => RuleResult[],
    clockErrorsMs?: number[],
  ): Run {
    if (this.#run === undefined) throw new TypeError('Cannot conclude the run: it did not begin');
    const run = this.#run.conclude({
      seconds: this.#latest + 1,
      totals,
      startLateMs: this.#startLateMs,
      ...(clockErrorsMs && { clockErrorsMs }),
      evaluate,
    });
    this.#isConcluded = true;
    this.#end = ignore;
    this.#record?.append(run.final);
    return run;
  }

  #take(second: number): void {
    const run = this.#run;
    const made = run?.settle(second);
    if (run === undefined || made === undefined) {
      return; // Nobody told anything of it.
    }
    // The probe of a second comes about when its windows do; whoever watches gets the one before instead of none.
    const probe = made.probe ?? (this.#lastProbe?.second === second - 1 ? this.#lastProbe : null);
    this.#watcher.second({ ...made, probe });
    const failed = Object.values(made.failedSoFar).reduce((sum, count) => sum + count, 0);
    // Who was dropped or has left within the second got through as well.
    const { open, dropped, left } = made.users;
    this.#hasConnected ||= open + dropped + left > 0;
    if (!this.#hasConnected && failed >= Math.min(HOPELESS_FAILURES, this.#users)) {
      this.#end('unreachable');
    }
    const broken = this.#rules.broken(second, () => run.soFar());
    if (broken === undefined) return;
    this.#note('rule', broken);
    this.#end('rule-broken');
  }

  #note(kind: RunEvent['kind'], text: string, more: Pick<RunEvent, 'process' | 'killed'> = {}): void {
    // By the clock that faults and load processes go by: the time of day may be set meanwhile.
    const now = performance.timeOrigin + performance.now();
    const second = Math.max(0, Math.floor((now - this.#startedAt) / MILLISECONDS));
    this.#append({ type: 'event', second, kind, text, ...more });
  }

  #append(line: Window | Probe | RunEvent | HttpRecord): void {
    if (this.#isConcluded) return;
    this.#run?.add(line);
    this.#record?.append(line);
  }
}

function ignore(): void {}
