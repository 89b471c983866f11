/**
 * Does to the target's processes, while the load is on, what the scenario plans: kills them, holds them for a
 * while, has them replaced. Says what was done and when it was over, and leaves nothing held.
 */
import { asError } from '../../../server/errors/index.ts';
import type { Probe, ProbedProcess, RunEvent } from '../../results/index.ts';
import { describeFault, type Fault } from './announce.ts';

/** A process of the target, as far as it matters here. */
export type Victim = Pick<ProbedProcess, 'role' | 'id' | 'pid'>;

/** What is told of a fault; the second is the run's business. */
export type FaultEvent = Pick<RunEvent, 'kind' | 'text' | 'process' | 'killed'>;

/** What faults need. */
export interface FaultOptions {
  faults: readonly Fault[];
  /** The processes of the target now; undefined when it does not say. */
  processes(): Promise<readonly Victim[] | undefined>;
  /** Takes what happened. */
  note(event: FaultEvent): void;
  /** Hosts of the target. Default 1. */
  hosts?: number;
  /** Drains a host and starts it again; resolves when it is there, and rejects when it is not. Default: nobody can. */
  restart?: ((host: number) => Promise<void>) | undefined;
  /** Sends a signal to a process; throws when there is none. Default: really does. */
  signal?: (pid: number, signal: NodeJS.Signals) => void;
}

/** Processes that were taken away, until others stand in their places. */
interface Gap {
  gone: readonly Victim[];
  /** Said when it is over. */
  over: (replacements: readonly Victim[]) => string;
}

const MILLISECONDS = 1_000;

/** So long before a fault the target is asked for its processes: a fault does not wait for an answer. Milliseconds. */
const ASK_BEFORE_MS = 250;

function cannotRestart(): Promise<void> {
  return Promise.reject(new TypeError('the target has no hosts to start again'));
}

/** The faults of one run. */
export class Faults {
  readonly #options: FaultOptions;
  readonly #signal: (pid: number, signal: NodeJS.Signals) => void;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #held = new Map<number, Victim>();
  #gaps: Gap[] = [];
  /** Hosts that are being drained, or started again. */
  readonly #away = new Set<number>();
  #latest: readonly Victim[] = [];
  #hasEnded = false;

  constructor(options: FaultOptions) {
    this.#options = options;
    this.#signal = options.signal ?? ((pid, signal) => process.kill(pid, signal));
  }

  /** Makes every fault due. The run starts at this time, milliseconds since the epoch. */
  begin(startAt: number): void {
    for (const fault of this.#options.faults) {
      const due = startAt + fault.second * MILLISECONDS;
      this.#at(due - ASK_BEFORE_MS, () => void this.#prepare(fault, due));
    }
    process.once('exit', this.#release); // A second interrupt ends this process on the spot.
  }

  /** Takes what the probe found: processes that were taken away may have successors now. */
  look({ processes }: Pick<Probe, 'processes'>): void {
    if (processes.length === 0) return;
    this.#latest = processes;
    this.#gaps = this.#gaps.filter((gap) => {
      const replacements = gap.gone.flatMap((victim) => processes.filter((each) => replaces(each, victim)));
      if (replacements.length < gap.gone.length) return true;
      this.#tell('fault', gap.over(replacements), replacements);
      return false;
    });
  }

  /** Does nothing more and lets go of whatever is held. May be called again. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const timer of this.#timers) clearTimeout(timer);
    process.off('exit', this.#release);
    this.#letGo([...this.#held.values()]);
    for (const id of this.#away) {
      this.#tell('warning', `Host ${id} was not back by the end of the run`, []);
    }
    for (const { gone } of this.#gaps) {
      this.#tell('warning', `Nothing had come in the place of ${nameAll(gone)} by the end of the run`, gone);
    }
  }

  async #prepare(fault: Fault, due: number): Promise<void> {
    const processes = (await this.#options.processes()) ?? this.#latest;
    if (!this.#hasEnded) this.#at(due, () => this.#inflict(fault, processes));
  }

  #inflict(fault: Fault, processes: readonly Victim[]): void {
    const victims = processes
      .filter(({ role, id }) => role === fault.role && (fault.id ?? id) === id)
      .sort((one, other) => one.id - other.id);
    const master = processes.find(({ role }) => role === 'master');
    if (fault.do === 'drain') void this.#drain(fault);
    else if (fault.do === 'roll') this.#roll(fault, master, victims);
    else if (fault.do === 'kill') this.#kill(fault, victims);
    else this.#hold(fault, victims);
  }

  #kill(fault: Fault, victims: readonly Victim[]): void {
    const gone = this.#reach(fault, victims, 'SIGKILL');
    if (gone.length === 0) return;
    this.#tell('fault', `Killed ${nameAll(gone)}`, gone, { killed: gone.map(({ pid }) => pid) });
    for (const victim of gone) {
      this.#gaps.push({ gone: [victim], over: (replacements) => `Back is ${nameAll(replacements)}` });
    }
  }

  #hold(fault: Fault, victims: readonly Victim[]): void {
    const held = this.#reach(fault, victims, 'SIGSTOP');
    if (held.length === 0) return;
    for (const victim of held) this.#held.set(victim.pid, victim);
    this.#tell('fault', `Held ${nameAll(held)}`, held);
    this.#at(epochMs() + fault.for * MILLISECONDS, () => this.#letGo(held));
  }

  #roll(fault: Fault, master: Victim | undefined, victims: readonly Victim[]): void {
    const asked = this.#reach(fault, master === undefined ? [] : [master], 'SIGUSR2');
    if (asked.length === 0) return;
    this.#tell('fault', `Began to replace ${nameAll(victims)}`, []);
    this.#gaps.push({
      gone: victims,
      over: (replacements) => `All are replaced, by ${nameAll(replacements)}`,
    });
  }

  /** One host after the other: whoever is sent away finds all others. */
  async #drain(fault: Fault): Promise<void> {
    const { hosts = 1, restart = cannotRestart } = this.#options;
    const ids = fault.id === null ? [...Array(hosts).keys()] : [fault.id];
    for (const id of ids) {
      if (this.#hasEnded) return;
      this.#tell('fault', `Began to drain host ${id}`, []);
      this.#away.add(id);
      try {
        await restart(id);
      } catch (error) {
        this.#tell('fault-failed', `Cannot do "${describeFault(fault)}": ${asError(error).message}`, []);
        return;
      } finally {
        this.#away.delete(id);
      }
      if (!this.#hasEnded) this.#tell('fault', `Host ${id} is back`, []);
    }
  }

  /** Sends a signal to each and tells of those it did not reach; those it reached come back. */
  #reach(fault: Fault, victims: readonly Victim[], signal: NodeJS.Signals): Victim[] {
    const failure = `Cannot do "${describeFault(fault)}"`;
    if (victims.length === 0) this.#tell('fault-failed', `${failure}: the target names no such process`, []);
    return victims.filter((victim) => {
      try {
        this.#signal(victim.pid, signal);
        return true;
      } catch {
        this.#tell('fault-failed', `${failure}: ${nameAll([victim])} is gone`, [victim]);
        return false;
      }
    });
  }

  #letGo(victims: readonly Victim[]): void {
    const freed = victims.filter(({ pid }) => this.#held.delete(pid) && this.#continue(pid));
    if (freed.length > 0) this.#tell('fault', `Let go of ${nameAll(freed)}`, freed);
  }

  readonly #release = (): void => {
    for (const pid of this.#held.keys()) this.#continue(pid);
  };

  #continue(pid: number): boolean {
    try {
      this.#signal(pid, 'SIGCONT');
      return true;
    } catch {
      return false; // It was killed while it was held.
    }
  }

  /** Acts at a time, milliseconds since the epoch. Never before: what is planned for a second happens in it. */
  #at(due: number, act: () => void): void {
    const wake = (): void => {
      this.#timers.delete(timer);
      if (epochMs() < due) this.#at(due, act);
      else act();
    };
    const timer = setTimeout(wake, Math.max(0, Math.ceil(due - epochMs())));
    this.#timers.add(timer);
  }

  #tell(
    kind: FaultEvent['kind'],
    text: string,
    victims: readonly Victim[],
    more: Pick<FaultEvent, 'killed'> = {},
  ): void {
    const [only] = victims;
    const isOne = only !== undefined && victims.length === 1;
    const process = isOne ? { process: { role: only.role, id: only.id, pid: only.pid } } : {};
    this.#options.note({ kind, text, ...process, ...more });
  }
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

function replaces(candidate: Victim, victim: Victim): boolean {
  return candidate.role === victim.role && candidate.id === victim.id && candidate.pid !== victim.pid;
}

/** `worker 0 (pid 12) and worker 1 (pid 13)`. */
function nameAll(victims: readonly Victim[]): string {
  const names = victims.map(({ role, id, pid }) => `${role} ${id} (pid ${pid})`);
  return new Intl.ListFormat('en').format(names);
}
