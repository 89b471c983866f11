/** A comparison from the names on a command line to its figures. */
import { ClusterError, suggest } from '../../server/errors/index.ts';
import { readHost } from '../doctor/index.ts';
import { measures } from './measures/index.ts';
import type { Comparison, Row } from './results.ts';
import { type Extent, type Surroundings, takeHop, takeMeasure } from './rounds.ts';
import { subjects } from './subjects/index.ts';

/** What is to be compared. */
export interface ComparisonRequest extends Extent {
  /** Names of subjects; the same one may come twice, which shows what chance does. */
  subjects: readonly string[];
  /** Names of measures. */
  measures: readonly string[];
}

/** The measure of our own server alone. */
const HOP = 'hop';
/** Descriptors a process needs for other things than its sockets. */
const RESERVED_DESCRIPTORS = 512;

/** What is compared when nothing else is asked for. */
export const usualComparison: ComparisonRequest = {
  subjects: ['ours', 'socketcluster-20'],
  measures: [...measures.map(({ name }) => name), HOP],
  rounds: 5,
  sockets: 10_000,
};

/**
 * Measures. Once `signal` is aborted the round that goes on is finished and the rows that are whole are given.
 *
 * @throws ClusterError OPTION_INVALID for a name nobody knows, LIMIT_EXCEEDED when a process cannot hold so
 *   many sockets, PEERS_MISSING.
 */
export async function compare(request: ComparisonRequest, surroundings: Surroundings): Promise<Comparison> {
  const host = readHost();
  const room = host.fdLimit - RESERVED_DESCRIPTORS;
  if (request.sockets > room) {
    const sentence = `Cannot hold "sockets" ${request.sockets}: a process has room for ${room} beside its files`;
    throw new ClusterError(sentence, { code: 'LIMIT_EXCEEDED' });
  }
  const chosen = request.subjects.map((name) => named('subject', name, subjects));
  const wanted = request.measures.map((name) => named('measure', name, [...measures, { name: HOP }]));
  for (const subject of chosen) {
    await subject.prepare(surroundings.say);
  }
  const startedAt = new Date().toISOString();
  const rows: Row[] = [];
  for (const measure of measures.filter((one) => wanted.includes(one))) {
    rows.push(...(await takeMeasure(measure, chosen, request, surroundings)));
  }
  const ownRows = request.measures.includes(HOP) ? await takeHop(request, surroundings) : [];
  return {
    version: 1,
    startedAt,
    sockets: request.sockets,
    rounds: request.rounds,
    host,
    subjects: chosen.map(({ name, setup }) => ({ name, setup })),
    rows,
    ownRows,
    isComplete: !surroundings.signal.aborted,
  };
}

function named<Named extends { name: string }>(what: string, name: string, all: readonly Named[]): Named {
  const found = all.find((one) => one.name === name);
  if (found === undefined) {
    const known = all.map((one) => one.name);
    const sentence = `Cannot compare ${what} "${name}": wanted is one of ${known.join(', ')}`;
    throw new ClusterError(`${sentence}${suggest(name, known)}`, { code: 'OPTION_INVALID' });
  }
  return found;
}
