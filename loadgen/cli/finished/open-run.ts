/** Finds the run that a person means by a path. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { readEmbedded } from '../../../reports/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { RECORD_NAME, type Run, readRun } from '../../results/index.ts';

/** A finished run, and the file it was read from. */
export interface OpenedRun {
  run: Run;
  source: string;
}

/**
 * Reads a finished run: from the folder it left behind, from its record, or from its page.
 *
 * @throws ClusterError RECORD_INVALID when there is no such file or it holds no run.
 */
export async function openRun(path: string): Promise<OpenedRun> {
  if (extname(path) === '.html') return { run: readEmbedded(await readPage(path), path), source: path };
  const isRecord = basename(path).endsWith('.jsonl');
  if (!isRecord && isFile(path)) {
    const wanted = 'wanted the folder of a run, its run.jsonl, or its report.html';
    throw new ClusterError(`Cannot read a run out of "${path}": ${wanted}`, { code: 'RECORD_INVALID' });
  }
  const source = isRecord ? path : join(path, RECORD_NAME);
  return { run: await readRun(source), source };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

async function readPage(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ClusterError(`Cannot read page "${path}": wanted a file that exists`, {
      code: 'RECORD_INVALID',
      cause,
    });
  }
}
