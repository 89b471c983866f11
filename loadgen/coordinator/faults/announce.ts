/** Planned faults as the header of a record tells them, before anything is done. */
import type { Resolved } from '../../plan/resolve/index.ts';
import type { Header } from '../../results/index.ts';

/** A fault of a resolved scenario. */
export type Fault = Resolved['faults'][number];

type AnnouncedFault = NonNullable<Header['faults']>[number];

/** The faults of a scenario for the header. */
export function announceFaults({ faults }: Pick<Resolved, 'faults'>): AnnouncedFault[] {
  return faults.map((fault) => {
    const { second, role, id } = fault;
    const text = describeFault(fault);
    // A host is no process.
    if (fault.do === 'drain') return { second, text };
    return { second, text, role, ...(id === null ? {} : { id }) };
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
    case 'drain':
      return `Drain ${id === null ? 'all hosts, one after the other' : `host ${id}`}, and start again`;
    case 'stop':
      return `Hold ${whom} for ${seconds} s`;
  }
}
