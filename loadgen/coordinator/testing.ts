/** Test only: what whole runs may come to on a machine that does something else meanwhile. */
import type { Summary } from '../results/index.ts';

/** Every sentence by which a run is invalid for want of processor time. */
const SPOILT = /^The generator itself sent late|^Load process \d+ was (saturated|stopped by the CPU quota)/;

/** Whether a run is invalid, and this machine's load is the first reason. Nothing of the target's comes before it. */
export function isSpoiltByMachine({ verdict }: Pick<Summary, 'verdict'>): boolean {
  return verdict.validity === 'invalid' && SPOILT.test(verdict.reasons[0] ?? '');
}
