/** One cause often moves several metrics: their changes are reported together. */

/** A change of one metric. */
export interface MetricChange {
  readonly metric: string;
  /** First point of the new level. */
  readonly at: number;
}

/** Changes of different metrics that are likely one. */
export interface ChangeGroup<T extends MetricChange> {
  /** The earliest and the latest first point: the cause lies after the point before `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
  readonly changes: readonly T[];
}

/** Points that two changes with one cause may be apart. */
const APART = 1;

/** Groups changes whose points are no further apart than one, in the order of the series. */
export function groupChanges<T extends MetricChange>(changes: readonly T[]): ChangeGroup<T>[] {
  const groups: ChangeGroup<T>[] = [];
  for (const change of changes.toSorted((one, other) => one.at - other.at)) {
    const last = groups.at(-1);
    if (last !== undefined && change.at - last.from <= APART)
      groups[groups.length - 1] = { from: last.from, to: change.at, changes: [...last.changes, change] };
    else groups.push({ from: change.at, to: change.at, changes: [change] });
  }
  return groups;
}
