/** A comparison from the names on a command line to its figures. */
import { ClusterError, suggest } from '../../server/errors/index.ts';
import { readHost } from '../doctor/index.ts';
import { clientMeasures, clients } from './clients/index.ts';
import { generatorMeasures, generators } from './generators/index.ts';
import { ownMeasures } from './hop/index.ts';
import { type Measure, measures } from './measures/index.ts';
import type { Comparison, Row } from './results.ts';
import { type Extent, type Stoppable, type Surroundings, takeMeasure, takeOwn } from './rounds.ts';
import { type Subject, subjects } from './subjects/index.ts';

/** What is to be compared. */
export interface ComparisonRequest extends Extent {
  /** Of what the subjects and the measures are. */
  field: 'servers' | 'clients' | 'generators';
  /** Names of subjects; the same one may come twice, which shows what chance does. */
  subjects: readonly string[];
  /** Names of measures. */
  measures: readonly string[];
}

/** Descriptors a process needs for other things than its sockets. */
const RESERVED_DESCRIPTORS = 512;

/** What is compared of each field when nothing else is asked for. */
export const usualComparisons: Record<ComparisonRequest['field'], ComparisonRequest> = {
  servers: {
    field: 'servers',
    subjects: ['ours', 'socketcluster-20'],
    measures: [...measures, ...ownMeasures.filter(({ isUsual }) => isUsual)].map(({ name }) => name),
    rounds: 5,
    sockets: 10_000,
  },
  clients: {
    field: 'clients',
    subjects: clients.map(({ name }) => name),
    measures: clientMeasures.map(({ name }) => name),
    rounds: 5,
    sockets: 5_000,
  },
  generators: {
    field: 'generators',
    subjects: generators.map(({ name }) => name),
    measures: generatorMeasures.map(({ name }) => name),
    rounds: 3,
    sockets: 2_000,
  },
};

/**
 * Measures. Once `signal` is aborted the round that goes on is finished and the rows that are whole are given.
 *
 * @throws ClusterError OPTION_INVALID for a name nobody knows, LIMIT_EXCEEDED when a process cannot hold so
 *   many sockets, PEERS_MISSING.
 */
export async function compare(request: ComparisonRequest, surroundings: Surroundings): Promise<Comparison> {
  const room = readHost().fdLimit - RESERVED_DESCRIPTORS;
  if (request.sockets > room) {
    const sentence = `Cannot hold "sockets" ${request.sockets}: a process has room for ${room} beside its files`;
    throw new ClusterError(sentence, { code: 'LIMIT_EXCEEDED' });
  }
  switch (request.field) {
    case 'servers': {
      const ofItsOwn = ownMeasures.map(({ name }) => name);
      return compareAmong({ subjects, measures, ofItsOwn }, request, surroundings);
    }
    case 'clients':
      return compareAmong(
        { subjects: clients, measures: clientMeasures, ofItsOwn: [] },
        request,
        surroundings,
      );
    case 'generators': {
      const field = { subjects: generators, measures: generatorMeasures, ofItsOwn: [] };
      return compareAmong(field, request, surroundings);
    }
  }
}

/** Subjects that have measures in common. */
interface Field<Of> {
  subjects: readonly Subject<Of>[];
  measures: readonly Measure<Of>[];
  /** Names of measures that are taken of our own server alone. */
  ofItsOwn: readonly string[];
}

async function compareAmong<Of extends Stoppable>(
  { subjects: all, measures: known, ofItsOwn }: Field<Of>,
  request: ComparisonRequest,
  surroundings: Surroundings,
): Promise<Comparison> {
  const wished = request.subjects.map((name) => named('subject', name, all));
  const names = [...known, ...ofItsOwn.map((name) => ({ name }))];
  const wanted = request.measures.map((name) => named('measure', name, names));
  const { ready: chosen, missing } = await prepareAll(wished, surroundings.say);
  const startedAt = new Date().toISOString();
  const rows: Row[] = [];
  for (const measure of known.filter((one) => wanted.includes(one))) {
    rows.push(...(await takeMeasure(measure, chosen, request, surroundings)));
  }
  const ownRows: Row[] = [];
  for (const measure of ownMeasures.filter(({ name }) => wanted.some((one) => one.name === name))) {
    ownRows.push(...(await takeOwn(measure, request, surroundings)));
  }
  return {
    version: 1,
    startedAt,
    sockets: request.sockets,
    rounds: request.rounds,
    host: readHost(),
    subjects: chosen.map(({ name, setup }) => ({ name, setup })),
    missing,
    rows,
    ownRows,
    isComplete: !surroundings.signal.aborted,
  };
}

/**
 * Gets subjects ready, and leaves out those that are not to be had.
 *
 * @throws ClusterError PEERS_MISSING when the first one is not to be had, or none of the others.
 */
async function prepareAll<Of>(
  wished: readonly Subject<Of>[],
  say: Surroundings['say'],
): Promise<{ ready: Subject<Of>[]; missing: Comparison['missing'] }> {
  const ready: Subject<Of>[] = [];
  const missing: Comparison['missing'] = [];
  for (const [index, subject] of wished.entries()) {
    try {
      await subject.prepare(say);
      ready.push(subject);
    } catch (error) {
      const isMissing = error instanceof ClusterError && error.code === 'PEERS_MISSING';
      const mayBeLeftOut = index > 0 && (ready.length > 1 || index + 1 < wished.length);
      if (!isMissing || !mayBeLeftOut) throw error;
      missing.push({ name: subject.name, reason: error.message });
    }
  }
  return { ready, missing };
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
