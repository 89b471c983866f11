/** Test only: what whole runs may come to on a machine that does something else meanwhile. */
import type { Summary } from '../results/index.ts';

/** Who wants a processor and does not get one is late. */
const SPOILT = /^The generator itself sent late/;

/** Whether a run is invalid, and that the machine was busy is the first reason. Nothing of the target's comes before it. */
export function isSpoiltByMachine({ verdict }: Pick<Summary, 'verdict'>): boolean {
  return verdict.validity === 'invalid' && SPOILT.test(verdict.reasons[0] ?? '');
}
