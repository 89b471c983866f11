/** Fleets as JSON. */
import type { FleetTable, NeededFleet, RankedRow } from '../fleet/index.ts';
import { roundRaw } from './figures.ts';
import type { FleetReport } from './report.ts';

/** Version of the layout; it grows when a field changes its meaning or goes. */
export const FLEET_DOCUMENT_VERSION = 1;

/**
 * Layout of the JSON. Users and prices are `{ median, lower, upper, spread }` with an interval of 90 % and the standard
 * deviation of the natural logarithm; shares and chances are of 1, money US dollars, rates per second. Numbers have six
 * digits that count. Fields are those of a row of the table.
 */
export interface FleetDocument {
  readonly version: number;
  /** Where prices are from. */
  readonly prices: { readonly date: string; readonly source: string };
  /** The fewest dollars for a million users first; `isRecommended` stands with one row at most. */
  readonly rows: readonly (RankedRow & { readonly isRecommended: boolean })[];
  readonly leftOut: readonly string[];
  readonly notes: readonly string[];
  /** The one measurement that would tell most; null when none would tell anything. */
  readonly next: FleetTable['next'] | null;
  /** The smallest fleets for so many users, by price; null when nobody asked. */
  readonly needed: {
    readonly users: number;
    /** Chance that was wanted. */
    readonly chance: number;
    readonly fleets: readonly (NeededFleet & { readonly isRecommended: boolean })[];
    readonly leftOut: readonly string[];
  } | null;
}

/** Makes the document: `JSON.stringify` makes text of it. */
export function fleetDocument({ table, needed, prices }: FleetReport): FleetDocument {
  const { rows, recommended, leftOut, notes, next } = table;
  const document: FleetDocument = {
    version: FLEET_DOCUMENT_VERSION,
    prices: { date: prices.date, source: prices.source },
    rows: rows.map((row) => ({ ...row, isRecommended: row === recommended })),
    leftOut,
    notes,
    next: next ?? null,
    needed:
      needed === undefined
        ? null
        : {
            users: needed.users,
            chance: needed.chance,
            fleets: needed.fleets.map((fleet) => ({ ...fleet, isRecommended: fleet === needed.recommended })),
            leftOut: needed.leftOut,
          },
  };
  return JSON.parse(
    JSON.stringify(document, (_, value: unknown) => (typeof value === 'number' ? roundRaw(value) : value)),
  ) as FleetDocument;
}
