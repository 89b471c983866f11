/** How a run would end if it ended now, as far as its rules go. */
import type { RuleResult, Run } from '../../loadgen/results/index.ts';

export interface Standing {
  /** Rules that would fail now. */
  failing: RuleResult[];
  /** How many hold now. */
  holding: number;
  /** How many have nothing to be held against yet. */
  pending: number;
}

/** Sorts the rules of a run that goes on. Before the seconds a rule speaks of there is nothing to hold it against. */
export function standingOf({ header, timeline, summary }: Run): Standing {
  const now = timeline.at(-1)?.second ?? -1;
  const begins = (rule: string): number => {
    const phase = header.phases.find(({ name }) => rule.startsWith(`phases.${name}.`));
    const measured = header.phases.find((each) => each.measured ?? each.name === 'steady');
    return (phase ?? measured)?.start ?? 0;
  };
  const judged = summary.rules.filter(({ rule, value }) => value !== null && now >= begins(rule));
  const failing = judged.filter(({ ok }) => !ok);
  return {
    failing,
    holding: judged.length - failing.length,
    pending: summary.rules.length - judged.length,
  };
}
