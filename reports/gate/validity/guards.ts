/**
 * Whether a window counts. Only the generator and the host are asked, never the figure that is compared: a window
 * left out for its result would be a result chosen.
 */
import type { Mode, Window } from '../measurements/index.ts';

/** Limits beyond which a window does not count. No tighter than hosts are, or no block would be left. */
export interface Guards {
  /** Lateness of the generator's sends, at a constant rate: a late burst is batched, which looks cheap. */
  readonly latenessMaxMs: number;
  readonly latenessP99Ms: number;
  /** Share of its core the generator may use at a constant rate. */
  readonly generatorCpuShare: number;
  /** Least share of the offered messages that must have been sent at a constant rate. */
  readonly sentShare: number;
  /** Most of the time the server may have waited for its core. */
  readonly waitingShare: number;
  /** Steps of the server's clock that must fit into the CPU time of a window of fixed work. */
  readonly cpuSteps: number;
}

/** The limits unless a job says otherwise. */
export const defaultGuards: Guards = {
  latenessMaxMs: 50,
  latenessP99Ms: 10,
  generatorCpuShare: 0.8,
  sentShare: 0.995,
  waitingShare: 0.05,
  cpuSteps: 100,
};

/** What can disturb a window. */
export type Disturbance =
  | 'lateness'
  | 'generator'
  | 'offer'
  | 'balance'
  | 'waiting'
  | 'troubles'
  | 'resolution';

/** Names everything that disturbed a window; nothing when it counts. */
export function disturbances(window: Window, mode: Mode, guards: Guards): Disturbance[] {
  const { messages, server, generator } = window;
  const isOpen = mode === 'open';
  const isLate =
    generator.latenessMaxMs > guards.latenessMaxMs || generator.latenessP99Ms > guards.latenessP99Ms;
  const checks: Record<Disturbance, boolean> = {
    lateness: isOpen && isLate,
    generator: isOpen && generator.cpuShare > guards.generatorCpuShare,
    offer: isOpen && messages.sent < guards.sentShare * messages.offered,
    balance: messages.sent !== messages.answered + messages.dropped + messages.lost,
    waiting: window.waitingShare > guards.waitingShare,
    troubles: messages.troubles > 0,
    resolution: !isOpen && server.cpuMicros < guards.cpuSteps * server.cpuStepMicros,
  };
  return (Object.keys(checks) as Disturbance[]).filter((name) => checks[name]);
}
