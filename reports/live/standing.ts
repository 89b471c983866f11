/** How a run would end if it ended now, as far as its rules go. */
import type { RuleResult, Run } from '../../loadgen/results/index.ts';

export interface Standing {
  /** Rules that would fail now. */
  failing: RuleResult[];
  /** Those that hold now. */
  holding: RuleResult[];
  /** Those that have nothing to be held against yet. */
  pending: RuleResult[];
}

/** Sorts the rules of a run that goes on. Before the seconds a rule speaks of there is nothing to hold it against. */
export function standingOf({ header, timeline, summary }: Run): Standing {
  const now = timeline.at(-1)?.second ?? -1;
  const begins = (rule: string): number => {
    const phase = header.phases.find(({ name }) => rule.startsWith(`phases.${name}.`));
    const measured = header.phases.find((each) => each.measured ?? each.name === 'steady');
    return (phase ?? measured)?.start ?? 0;
  };
  const { rules } = summary;
  const pending = rules.filter(({ rule, value }) => value === null || now < begins(rule));
  const judged = rules.filter((result) => !pending.includes(result));
  return {
    failing: judged.filter(({ ok }) => ok === false),
    holding: judged.filter(({ ok }) => ok === true),
    pending,
  };
}
