/** A comparison from the names on a command line to its figures. */
import { ClusterError, suggest } from '../../server/errors/index.ts';
import { readHost } from '../doctor/index.ts';
import { whileAwake } from '../host/index.ts';
import { PEERS_VERSION, type PeerComparison, type PeerRow } from '../results/index.ts';
import { clientMeasures, clients } from './clients/index.ts';
import { generatorMeasures, generators } from './generators/index.ts';
import { ownMeasures } from './hop/index.ts';
import { type Measure, measures } from './measures/index.ts';
import { remarksOf } from './results.ts';
import { type Extent, type Stoppable, type Surroundings, takeMeasure, takeOwn } from './rounds.ts';
import { type Subject, subjects } from './subjects/index.ts';
import { withTargets } from './targets.ts';

/** What is to be compared. */
export interface ComparisonRequest extends Extent {
  /** Of what the subjects and the measures are. */
  field: 'servers' | 'clients' | 'generators';
  /** Names of subjects; the same one may come twice, which shows what chance does. */
  subjects: readonly string[];
  /** Names of measures. */
  measures: readonly string[];
  /** The command that does it again. Default none. */
  command?: string;
}

/** Descriptors a process needs for other things than its sockets. */
const RESERVED_DESCRIPTORS = 512;

/** What is compared of each field when nothing else is asked for. */
export const usualComparisons: Record<ComparisonRequest['field'], ComparisonRequest> = {
  servers: {
    field: 'servers',
    subjects: ['ours', 'socketcluster-20', 'socketcluster-14', 'socket.io', 'ws'],
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
export async function compare(
  request: ComparisonRequest,
  surroundings: Surroundings,
): Promise<PeerComparison> {
  const room = readHost().fdLimit - RESERVED_DESCRIPTORS;
  if (request.sockets > room) {
    const sentence = `Cannot hold "sockets" ${request.sockets}: a process has room for ${room} beside its files`;
    throw new ClusterError(sentence, { code: 'LIMIT_EXCEEDED' });
  }
  // Servers differ in how often they let a processor halt, and on virtual machines each time is a visit to the hypervisor.
  return whileAwake((isAwake) => compareIn(request, { ...surroundings, isAwake }));
}

/** Who is told, and what the host does when it has nothing to do. */
interface Scene extends Surroundings {
  readonly isAwake: boolean;
}

function compareIn(request: ComparisonRequest, surroundings: Scene): Promise<PeerComparison> {
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
  surroundings: Scene,
): Promise<PeerComparison> {
  const wished = request.subjects.map((name) => named('subject', name, all));
  const names = [...known, ...ofItsOwn.map((name) => ({ name }))];
  const wanted = request.measures.map((name) => named('measure', name, names).name);
  const { ready: chosen, missing } = await prepareAll(wished, surroundings.say);
  const described = chosen.map(({ name, setup }) => ({ name, setup }));
  const there = chosen.map(({ name }) => name);
  const startedAt = new Date().toISOString();
  const rows: PeerRow[] = [];
  for (const measure of withNeeded(known, wanted)) {
    const taken = await takeMeasure(measure, chosen, { ...request, rows }, surroundings);
    rows.push(...taken.map((row) => withTargets(row, there)));
  }
  const ownRows: PeerRow[] = [];
  for (const measure of ownMeasures.filter(({ name }) => wanted.includes(name))) {
    ownRows.push(...(await takeOwn(measure, request, surroundings)));
  }
  return {
    version: PEERS_VERSION,
    startedAt,
    command: request.command ?? '',
    sockets: request.sockets,
    rounds: request.rounds,
    host: { ...readHost(), isAwake: surroundings.isAwake },
    subjects: described,
    missing,
    rows,
    ownRows,
    remarks: remarksOf({ rows, subjects: described }),
    isComplete: !surroundings.signal.aborted,
  };
}

/** The measures that are wanted, with those whose rows one of them looks at. */
function withNeeded<Of>(known: readonly Measure<Of>[], wanted: readonly string[]): Measure<Of>[] {
  const needed = known.filter(({ name }) => wanted.includes(name)).map(({ after }) => after);
  return known.filter(({ name }) => wanted.includes(name) || needed.includes(name));
}

/**
 * Gets subjects ready, and leaves out those that are not to be had.
 *
 * @throws ClusterError PEERS_MISSING when the first one is not to be had, or none of the others.
 */
async function prepareAll<Of>(
  wished: readonly Subject<Of>[],
  say: Surroundings['say'],
): Promise<{ ready: Subject<Of>[]; missing: PeerComparison['missing'] }> {
  const ready: Subject<Of>[] = [];
  const missing: PeerComparison['missing'] = [];
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
