/** Files that a scenario brings along for its behaviours. */
import { resolve } from 'node:path';
import type { Plan } from '../../plan/index.ts';

/** A plan whose behaviours of the scenario's own are found from anywhere. */
export function locateFiles(plan: Plan, folder: string): Plan {
  const groups = plan.groups.map((group) => {
    const { behaviour } = group;
    if (behaviour.kind !== 'custom') return group;
    return { ...group, behaviour: { ...behaviour, file: resolve(folder, behaviour.file) } };
  });
  return { ...plan, groups };
}
