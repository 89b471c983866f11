/** The names under which things are said on the bus. Every one begins with the cluster, so that rights can be given by it. */

/** Subjects of one cluster. */
export interface Subjects {
  /** What whoever belongs to the cluster needs rights to, as NATS writes it. */
  readonly all: string;
  /** A coordinator asks who is there; every agent answers. */
  readonly roll: string;
  /** Where answers go. */
  readonly inbox: string;
  /** What one agent is asked and told. */
  agent(id: string): { clock: string; lease: string; notice: string };
  /** A line between a coordinator and one agent, for one run. */
  line(id: string): { orders: string; reports: string };
}

/** Names the subjects of a cluster. */
export function subjectsOf(cluster: string): Subjects {
  const root = `scbench.${cluster}`;
  return {
    all: `${root}.>`,
    roll: `${root}.roll`,
    inbox: `${root}.inbox`,
    agent: (id) => ({
      clock: `${root}.agent.${id}.clock`,
      lease: `${root}.agent.${id}.lease`,
      notice: `${root}.agent.${id}.notice`,
    }),
    line: (id) => ({ orders: `${root}.line.${id}.orders`, reports: `${root}.line.${id}.reports` }),
  };
}
