/** What stored measurements say, in a sentence. */
import type { Advice } from './baseline.ts';

const PERCENT = 100;

/** Says it, with what was measured first. */
export function formatAdvice({ scenario, answer, cpuMicrosPerMessage, stored }: Advice): string {
  const { verdict, effect, limit, points } = answer;
  const measured = `${scenario}: ${cpuMicrosPerMessage.toFixed(1)} µs per message`;
  if (effect === undefined || limit === undefined) {
    return `${measured}. The baseline learns: it holds ${points} measurements, too few to foretell.\n`;
  }
  const sign = effect < 0 ? '' : '+';
  const change = `${sign}${(effect * PERCENT).toFixed(1)} %`;
  const judged = verdict === 'regressed' ? 'Worse than the baseline' : 'As the baseline foretells';
  const limits = `remarkable is more than +${(limit * PERCENT).toFixed(1)} %`;
  return (
    `${measured}, stored are ${stored.toFixed(1)}.\n` +
    `${judged}: ${change} with the speed of the host taken out, ${limits} (${points} measurements).\n`
  );
}
