/** Planned faults as the header of a record tells them, before anything is done. */
import type { Resolved } from '../../plan/resolve/index.ts';
import type { Header } from '../../results/index.ts';

/** A fault of a resolved scenario. */
export type Fault = Resolved['faults'][number];

type AnnouncedFault = NonNullable<Header['faults']>[number];

/** The faults of a scenario for the header: which processes end by them, and until when. */
export function announceFaults({ faults, plan }: Pick<Resolved, 'faults' | 'plan'>): AnnouncedFault[] {
  const end = plan.phases.at(-1)?.end ?? 0;
  return faults.map((fault) => {
    const { second, role, id } = fault;
    const announced = { second, text: describeFault(fault), role, ...(id === null ? {} : { id }) };
    if (fault.do === 'kill') return announced;
    // Whoever ends after a standstill was not meant to.
    return { ...announced, until: fault.do === 'roll' ? end : second };
  });
}

/** What is to be done, as an order: `Kill worker 1`. */
export function describeFault({ do: what, role, id, for: seconds }: Fault): string {
  const whom = id === null ? `all ${role}s` : `${role} ${id}`;
  switch (what) {
    case 'kill':
      return `Kill ${whom}`;
    case 'roll':
      return 'Replace all workers, one after the other';
    case 'stop':
      return `Hold ${whom} for ${seconds} s`;
  }
}
