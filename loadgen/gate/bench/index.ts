/** Door of `bench`: what measures blocks of two builds. */
import type { Arm, BlockPlan, GateHeader, OpenBlock } from '../../../reports/gate/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';

/** One planted slowdown, in the unit of its kind. */
interface Injection {
  readonly kind: string;
  readonly size: number;
}

/** What is found out before the first block. */
export interface Calibration {
  readonly offeredPerSecond: number;
  readonly stallLimitMs: number;
  readonly host: GateHeader['host'];
  /** False where servers and generator share cores: no more than advice comes of it then. */
  readonly isPinned: boolean;
  readonly countsInstructions: boolean;
}

/** A bench. */
export interface Bench {
  calibrate(): Promise<Calibration>;
  open(plan: BlockPlan): Promise<OpenBlock>;
  close(): Promise<void>;
}

/** What a bench is made with. */
export interface BenchOptions {
  readonly builds: Readonly<Record<Arm, { readonly directory: string }>>;
  readonly scenario: string;
  readonly inject?: Injection | undefined;
  readonly signal?: AbortSignal;
}

export const scenarioNames: readonly string[] = ['ping-pong', 'channels'];

export async function createBench({ scenario }: BenchOptions): Promise<Bench> {
  throw new ClusterError(`Cannot measure "${scenario}": there is no bench yet`, { code: 'PROCESS_FAILED' });
}

export function parseInjection(text: string): Injection {
  const [kind = '', size = '10'] = text.split(':');
  if (['parse', 'garbage'].includes(kind)) return { kind, size: Number(size) };
  throw new ClusterError(`Cannot inject "${text}": wanted is one of parse, garbage`, {
    code: 'OPTION_INVALID',
  });
}
