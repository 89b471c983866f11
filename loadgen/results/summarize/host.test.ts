import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import type { Header, RecordLine } from '../record/index.ts';
import { summarize } from '../run.ts';

test('hostOf() sums what the network did and keeps the fullest of each table', () => {
  const lines = syntheticRun({ users: 60, workers: 2, seconds: 4 });
  const network = { segmentsSent: 100, segmentsRetransmitted: 2, listenOverflows: 1 };
  const probes = lines.map((line) =>
    line.type === 'probe'
      ? {
          ...line,
          host: {
            ...line.host,
            network,
            tables: { conntrack: line.second === 3 ? 0.9 : 0.1, files: 0, socketMemory: 0 },
          },
        }
      : line,
  );
  const { host } = summarize(probes);
  expect(host.retransmittedPercent).toBeCloseTo(2);
  expect(host.listenOverflows).toBe(lines.filter(({ type }) => type === 'probe').length);
  expect(host.conntrackPercent).toBeCloseTo(90);
});

test('othersOf() tells what is neither the load nor the target, on a host that is busy and where all is known', () => {
  const lines = syntheticRun({ users: 60, workers: 2, seconds: 4 });
  const [header] = lines as [Header];
  const at = (processPercent: number | undefined) =>
    lines.map((line) => {
      if (line.type !== 'probe' || processPercent === undefined) return line;
      return { ...line, host: { ...line.host, processPercent } };
    });
  const { host, target, generator } = summarize(at(90));
  const own = ((target.cpuCores ?? Number.NaN) + generator.cpuCores) / header.host.cpus;
  expect(host.othersPercent).toBeCloseTo(90 - 100 * own);
  expect(summarize(at(70)).host).not.toHaveProperty('othersPercent');
  expect(summarize(at(undefined)).host).not.toHaveProperty('othersPercent');
});

test('othersOf() says nothing where users or the target may be on other hosts', () => {
  const busy = syntheticRun({ users: 60, workers: 2, seconds: 4 }).map((line) =>
    line.type === 'probe' ? { ...line, host: { ...line.host, processPercent: 90 } } : line,
  );
  const [header, ...rest] = busy as [Header, ...RecordLine[]];
  const { generator, target, host } = header;
  const agent = { name: 'a', processes: [0, 1], host, clock: { offsetMs: 0, errorMs: 0 } };
  const elsewhere: Header[] = [
    { ...header, generator: { ...generator, agents: [agent] } },
    { ...header, target: { ...target, own: false } },
  ];
  expect(summarize(busy).host).toHaveProperty('othersPercent');
  for (const each of elsewhere) expect(summarize([each, ...rest]).host).not.toHaveProperty('othersPercent');
});

test('othersOf() says nothing where HTTP requests were made and nobody told what they cost', () => {
  const lines = syntheticRun({ users: 1_200, workers: 2, seconds: 4 });
  const [header] = lines as [Header];
  const requests = { type: 'http', start: 0, seconds: 4, status: {}, errors: 0, timedOut: 0 } as const;
  const http = { pid: 9, cpuCores: 0.25, rssBytes: 40_000_000 };
  const busy = (more: object) =>
    lines.map((line) =>
      line.type === 'probe' ? { ...line, ...more, host: { ...line.host, processPercent: 90 } } : line,
    );
  const [alone, told] = [summarize(busy({})), summarize([...busy({ http }), requests])];
  expect(summarize([...busy({}), requests]).host).not.toHaveProperty('othersPercent');
  expect(told.host.othersPercent).toBeCloseTo((alone.host.othersPercent ?? 0) - 25 / header.host.cpus);
  expect(told.generator.bytesPerUser).toBe(alone.generator.bytesPerUser ?? Number.NaN);
});

test('hostOf() takes a record that tells nothing of the network for a quiet one', () => {
  const { host } = summarize(syntheticRun({ users: 60, workers: 2, seconds: 2 }));
  expect(host).toMatchObject({ retransmittedPercent: 0, listenOverflows: 0, conntrackPercent: 0 });
});
