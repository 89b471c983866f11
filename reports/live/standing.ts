/** How a run would end if it ended now, as far as its rules go. */
import type { RuleResult, Run } from '../../loadgen/results/index.ts';

export interface Standing {
  /** Rules that would fail now. */
  failing: RuleResult[];
  /** Those that hold now. */
  holding: RuleResult[];
  /** Those that have nothing to be held against yet, or wait for something to happen. */
  pending: RuleResult[];
}

/** A count that is to be reached: as long as it can grow, that it is too small says nothing. */
const AWAITED = /^(phases\.[\w-]+\.)?(users|messages)\.(?!(perSecond|pushesPerSecond) )\S+ >=? /;

/** Sorts the rules of a run that goes on. Before the seconds a rule speaks of there is nothing to hold it against. */
export function standingOf({ header, timeline, summary }: Run): Standing {
  const now = timeline.at(-1)?.second ?? -1;
  const isOpen = ({ rule, value, ok }: RuleResult): boolean => {
    const phase = header.phases.find(({ name }) => rule.startsWith(`phases.${name}.`));
    const measured = header.phases.find((each) => each.measured ?? each.name === 'steady');
    const last = phase ?? header.phases.at(-1);
    const isAwaited = ok === false && AWAITED.test(rule) && now + 1 < (last?.end ?? 0);
    return value === null || isAwaited || now < ((phase ?? measured)?.start ?? 0);
  };
  const { rules } = summary;
  const pending = rules.filter(isOpen);
  const judged = rules.filter((result) => !pending.includes(result));
  return {
    failing: judged.filter(({ ok }) => ok === false),
    holding: judged.filter(({ ok }) => ok === true),
    pending,
  };
}
