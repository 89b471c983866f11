import { expect, test } from 'vitest';
import { syntheticRun } from '../../../testing.ts';
import { summarize } from '../../run.ts';
import type { Summary } from '../../summary.ts';
import { doubtsOfHost } from './host.ts';

const summary = summarize(syntheticRun({ users: 60, workers: 2, seconds: 2 }));

test('doubtsOfHost() names every limit that was reached', () => {
  const beside = (othersPercent: number): Summary => ({
    ...summary,
    host: { ...summary.host, othersPercent },
  });
  expect(doubtsOfHost(beside(9))).toEqual([]);
  expect(doubtsOfHost(beside(62))).toEqual([expect.stringContaining('Others took 62 %')]);
  const host = { ...summary.host, conntrackPercent: 96, filesPercent: 97, socketMemoryPercent: 98 };
  expect(doubtsOfHost({ ...summary, host })).toEqual([
    expect.stringContaining('nf_conntrack_max'),
    expect.stringContaining('fs.file-max'),
    expect.stringContaining('net.ipv4.tcp_mem'),
  ]);
});
