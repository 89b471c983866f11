import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { claimFolder, prepareFolder } from './folder.ts';

test('claimFolder() gives two runs of one second two folders', () => {
  const header = { startedAt: '2001-02-03T04:05:06.789Z', scenario: `twins-${process.pid}` };
  const folders = [claimFolder(undefined, header), claimFolder(undefined, header)];
  onTestFinished(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const name = `2001-02-03T04-05-06Z-${header.scenario}`;
  expect(folders.map((folder) => basename(folder))).toEqual([name, `${name}-2`]);
});

test('claimFolder() gives a scenario one folder beside the others, whatever it is called', () => {
  const folder = claimFolder(undefined, { startedAt: '2001-02-03T04:05:07.000Z', scenario: '../../up' });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(basename(folder)).toBe('2001-02-03T04-05-07Z-..-..-up');
  expect(basename(dirname(folder))).toBe('runs');
});

test('claimFolder() keeps runs where the command is given, not within an installed package', () => {
  const root = mkdtempSync(join(tmpdir(), 'kept-folder-'));
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(root);
  onTestFinished(() => {
    cwd.mockRestore();
    rmSync(root, { recursive: true });
  });
  const folder = claimFolder(undefined, { startedAt: '2001-02-03T04:05:06.789Z', scenario: 'mine' });
  expect(folder).toBe(join(root, 'reports/runs/2001-02-03T04-05-06Z-mine'));
});

test('prepareFolder() makes the folder that was asked for, and refuses one with results in it', () => {
  const root = mkdtempSync(join(tmpdir(), 'kept-folder-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const out = join(root, 'out');
  prepareFolder(out);
  prepareFolder(out);
  expect(claimFolder(out, { startedAt: '2001-02-03T04:05:06.789Z', scenario: 'any' })).toBe(out);
  for (const name of ['run.jsonl', 'report.html', 'metrics.prom']) {
    writeFileSync(join(out, name), '');
    expect(() => prepareFolder(out)).toThrow(`it holds the ${name} of an older result`);
    rmSync(join(out, name));
  }
});
