/** All runs that a folder holds, by scenario, as far as their summaries can be read. */
import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_NAME, type Summary, summarySchema } from '../../loadgen/results/index.ts';
import { ClusterError } from '../../server/errors/index.ts';

/** One run of the past. */
export interface PastRun {
  /** Name of its folder. */
  folder: string;
  summary: Summary;
}

export interface History {
  /** The runs of each scenario, oldest first; scenarios by name. */
  scenarios: { name: string; runs: PastRun[] }[];
  /** Folders whose summary is missing, or not one this version reads. */
  unreadable: string[];
}

/**
 * Reads the summaries of all runs in a folder. Folders with neither summary nor record are no runs.
 *
 * @throws ClusterError RECORD_INVALID when the folder cannot be read, or holds no run at all.
 */
export async function readHistory(path: string): Promise<History> {
  const found = await Promise.all((await foldersOf(path)).map((folder) => readSummary(path, folder)));
  const runs = found.flatMap(({ folder, summary }) => (summary ? [{ folder, summary }] : []));
  if (runs.length === 0) {
    throw new ClusterError(
      `Cannot list the runs in "${path}": none is there, wanted folders with a summary.json`,
      {
        code: 'RECORD_INVALID',
      },
    );
  }
  const names = [...new Set(runs.map(({ summary }) => summary.scenario))].sort();
  const scenarios = names.map((name) => ({
    name,
    runs: runs
      .filter(({ summary }) => summary.scenario === name)
      .sort((one, other) => one.summary.startedAt.localeCompare(other.summary.startedAt)),
  }));
  return {
    scenarios,
    unreadable: found.flatMap(({ folder, isRun, summary }) => (isRun && !summary ? [folder] : [])),
  };
}

async function foldersOf(path: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (cause) {
    throw new ClusterError(`Cannot list the runs in "${path}": wanted a folder that exists`, {
      code: 'RECORD_INVALID',
      cause,
    });
  }
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

async function readSummary(
  path: string,
  folder: string,
): Promise<{ folder: string; isRun: boolean; summary?: Summary }> {
  try {
    const text = await readFile(join(path, folder, 'summary.json'), 'utf8');
    const summary: unknown = JSON.parse(text);
    return summarySchema.safeParse(summary).success
      ? { folder, isRun: true, summary: summary as Summary }
      : { folder, isRun: true };
  } catch (error) {
    // A summary that is no JSON was cut off. So was a run that has a record and no summary; without either it is none.
    return { folder, isRun: error instanceof SyntaxError || existsSync(join(path, folder, RECORD_NAME)) };
  }
}
