import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parsePeers } from '../../loadgen/results/index.ts';
import { aComparison } from '../../loadgen/results/peers/testing.ts';
import { peersReportNames, writePeersReports } from './files.ts';

test('writePeersReports() writes every file into a folder that it makes, and the same again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peers-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const place = join(folder, 'peers');
  const files = await writePeersReports(place, aComparison());
  expect(files.map((file) => basename(file))).toEqual(peersReportNames);
  const written = parsePeers(readFileSync(join(place, 'peers.json'), 'utf8'));
  expect(written).toEqual(aComparison());
  const before = files.map((file) => readFileSync(file, 'utf8'));
  await writePeersReports(place, written);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
});
