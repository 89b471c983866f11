/** How events of a run are put. */
import type { Exit } from '../../../server/process/index.ts';
import { redactText } from '../../plan/secrets/index.ts';

/** The value of a rule, to six digits. */
export function formatValue(value: number | null): string {
  return String(value === null ? null : Number(value.toPrecision(6)));
}

/** How a process ended, as the end of a sentence. */
export function describeExit({ code, signal, lastWords }: Exit): string {
  // Neither is known of a process on a host that is gone.
  const outOfSight = code === null ? 'out of sight' : `with code ${code}`;
  const how = signal === null ? outOfSight : `by ${signal}`;
  const words = lastWords.trim().split('\n')[0] ?? '';
  return words === '' ? how : `${how}: ${redactText(words)}`;
}
