/** Tells the record of a gate from the record of a run. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { GATE_RECORD_NAME } from '../../../reports/gate/index.ts';

/** The first line of a gate record is never longer. */
const MOST_HEADER_BYTES = 65_536;

/** Gives the gate record that a person means by a path; undefined when it means something else. */
export function findGateRecord(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) {
    const record = join(path, GATE_RECORD_NAME);
    return existsSync(record) ? record : undefined;
  }
  return extname(path) === '.jsonl' && isGateHeader(firstLine(path)) ? path : undefined;
}

function firstLine(path: string): string {
  const bytes = Buffer.alloc(MOST_HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    const [line = ''] = bytes.toString('utf8', 0, readSync(file, bytes)).split('\n');
    return line;
  } finally {
    closeSync(file);
  }
}

function isGateHeader(line: string): boolean {
  try {
    const header: unknown = JSON.parse(line);
    return typeof header === 'object' && header !== null && 'type' in header && header.type === 'gate';
  } catch {
    return false;
  }
}
