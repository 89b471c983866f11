/** Rules of a run that end it once they are broken. */
import { evaluateRules } from '../../plan/index.ts';
import type { Resolved } from '../../plan/resolve/index.ts';
import type { Summary } from '../../results/index.ts';
import { formatValue } from '../words/index.ts';

/** Seconds between two looks at them: each sums the whole run up. */
const LOOK_EVERY = 5;

export class EndingRules {
  #rules: Resolved['rules'];

  /** Takes those of the rules that are to `abort`. */
  constructor(rules: Resolved['rules']) {
    this.#rules = rules.filter(({ abort }) => abort);
  }

  /**
   * Tells in a sentence which of them is broken, once; undefined while none is, or none is due.
   * @param sumUp Sums the run up as it is after this second.
   */
  broken(second: number, sumUp: () => Summary): string | undefined {
    const due = this.#rules.filter(({ from }) => from <= second);
    if (due.length === 0 || (second + 1) % LOOK_EVERY !== 0) return undefined;
    // A figure that nothing was taken of yet says nothing yet.
    const rule = evaluateRules(due, sumUp()).find(({ ok, value }) => !ok && value !== null);
    if (rule === undefined) return undefined;
    this.#rules = [];
    return `Rule "${rule.rule}" ended the run: the value was ${formatValue(rule.value)}`;
  }
}
