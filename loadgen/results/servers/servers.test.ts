import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import { summarize } from '../index.ts';
import type { RecordLine } from '../record/index.ts';

const lines = syntheticRun({ users: 64, workers: 4, seconds: 4 });

/** Names a worker as if the first two were on one host and the others on another. */
const nameOf = (id: number): { host: string; id: number } => ({
  host: id < 2 ? 'server-9' : 'server-10',
  id: id % 2,
});

/** The same run on two hosts. */
const spread = lines.map((line): RecordLine => {
  if (line.type === 'window') {
    const workers = line.workers.map((part) => {
      const { host, id } = nameOf(Number(part.worker));
      return { ...part, worker: `${host}/${id}` };
    });
    return { ...line, workers };
  }
  if (line.type !== 'probe') return line;
  const processes = line.processes.map((each) =>
    each.role === 'worker' ? { ...each, ...nameOf(each.id) } : { ...each, host: 'server-9' },
  );
  return { ...line, processes };
});

test('serversOf() adds up what each host carried and cost', () => {
  const { servers, workers, brokers, target } = summarize(spread);
  const one = summarize(lines);
  expect(servers).toMatchObject([
    { id: 'server-9', workers: 2, connections: 32 },
    { id: 'server-10', workers: 2, connections: 32 },
  ]);
  const total = (of: (server: NonNullable<typeof servers>[number]) => number | null): number =>
    servers?.reduce((sum, server) => sum + (of(server) ?? Number.NaN), 0) ?? Number.NaN;
  expect(total(({ cpuCores }) => cpuCores)).toBeCloseTo(target.cpuCores ?? 0);
  expect(total(({ messagesPerSecond }) => messagesPerSecond)).toBeCloseTo(one.messages.perSecond);
  expect(target).toEqual(one.target);
  // By host and number, each with what it told of itself.
  expect(workers.map(({ id }) => id)).toEqual(['server-9/0', 'server-9/1', 'server-10/0', 'server-10/1']);
  expect(workers.map(({ pid }) => pid)).toEqual(one.workers.map(({ pid }) => pid));
  expect(brokers).toMatchObject([{ id: 0, host: 'server-9' }]);
});

test('serversOf() is silent about a target of one host, with a name or without', () => {
  expect(summarize(lines)).not.toHaveProperty('servers');
  const named = spread.map((line): RecordLine => {
    return line.type === 'window'
      ? { ...line, workers: line.workers.filter(({ worker }) => worker.startsWith('server-9/')) }
      : line;
  });
  const alone = named.map((line): RecordLine => {
    if (line.type !== 'probe') return line;
    return { ...line, processes: line.processes.filter(({ host }) => host === 'server-9') };
  });
  expect(summarize(alone)).not.toHaveProperty('servers');
});
