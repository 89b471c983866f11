/** What a process is given to do, in the units that its processor time is explained by. */

/** Kinds of work, as the service-demand law takes them: each costs the same however often it is done. */
export const KINDS = ['inbound', 'delivery', 'ping', 'connect', 'byte'] as const;

/** One kind of work. */
export type Kind = (typeof KINDS)[number];

/** Something for each kind: how often it was done, or what it costs, microseconds. */
export type OfEachKind = Readonly<Record<Kind, number>>;

/** What all processes of one role did in one trial. */
export interface Observation {
  readonly work: OfEachKind;
  /** Microseconds of processor time. */
  readonly busyMicros: number;
}

/** Makes something for each kind. */
export function eachKind(make: (kind: Kind) => number): OfEachKind {
  return Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<Kind, number>;
}
