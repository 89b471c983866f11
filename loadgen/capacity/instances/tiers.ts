/**
 * How well the speed of a type is known: the tiers that stand in every row of a table, and what each adds to the
 * uncertainty of a capacity. The spreads are starting judgements, to be replaced by what the ledger of predictions
 * teaches.
 */

/** A tier, the best first. */
export type Tier = 'T0' | 'T1' | 'T2' | 'T3' | 'T4';

/** What a tier rests on. */
export interface TierBasis {
  readonly basis: string;
  /** Standard deviation of the natural logarithm that is added to that of the capacity itself. */
  readonly spread: number;
}

/** Tiers by name. T2 has the interval of the scaling law besides, as every other tier has. */
export const tiers: Readonly<Record<Tier, TierBasis>> = {
  T0: { basis: 'capacity measured on this type', spread: 0 },
  T1: {
    basis: 'predicted from unit costs; those, or a calibration, were measured on this type',
    spread: 0.08,
  },
  T2: { basis: 'another size of this family measured', spread: 0.05 },
  T3: { basis: 'a family with the same processor measured', spread: 0.15 },
  T4: { basis: 'other processors measured, published figures alone', spread: 0.3 },
};
