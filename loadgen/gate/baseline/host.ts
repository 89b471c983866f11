/** Where a measurement comes from: everything that makes its figure another elsewhere. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { entry } from '../../../server/process/index.ts';
import type { Point } from './points.ts';

/** Reads what is to be known of this host. */
export function readOrigin(): Point['host'] {
  const microcode = microcodeIn(readOrEmpty('/proc/cpuinfo'));
  return {
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: availableParallelism(),
    ...(microcode === undefined ? {} : { microcode }),
    kernel: release(),
    node: process.version,
  };
}

/** Finds the version of the microcode in what the kernel tells of its processors. */
export function microcodeIn(cpuinfo: string): string | undefined {
  return /^microcode\s*:\s*(\S+)$/m.exec(cpuinfo)?.[1];
}

/** The commit of this project, with "-dirty" when there are changes; undefined outside a repository. */
export function readCommit(folder: string = entry('..')): Promise<string | undefined> {
  const words = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
  return new Promise((resolve) => {
    execFile('git', words, { cwd: folder }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
