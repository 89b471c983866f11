/** The tools inside clinic. Its command is not used: it asks for consent, looks for updates and opens a browser. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ClusterError } from '../../server/errors/index.ts';

/** One tool's own way to make a page of what it collected. */
export interface Visualizer {
  /** Shown on the page of `flame`, seconds. */
  elapsedTime?: string | number;
  visualize(data: string, page: string, done: (error?: Error | null) => void): void;
}

/** The packages that clinic consists of. */
export interface Clinic {
  /** Loads a package, or a file of it. */
  load(name: string): unknown;
  /** Path of a file in a package. */
  locate(name: string, file: string): string;
}

/**
 * Finds clinic.
 * @throws ClusterError `OPTION_INVALID` when it is not installed.
 */
export function findClinic(from = import.meta.url): Clinic {
  try {
    // Asked for by clinic itself, for it is clinic that has them installed; 0x by the one tool that has it.
    const ofClinic = createRequire(createRequire(from).resolve('clinic/package.json'));
    const ofFlame = createRequire(ofClinic.resolve('@clinic/flame'));
    const ask = (name: string): NodeJS.Require => (name.startsWith('@clinic/') ? ofClinic : ofFlame);
    return {
      load: (name) => ask(name)(name) as unknown,
      locate: (name, file) => join(dirname(ask(name).resolve(`${name}/package.json`)), file),
    };
  } catch (cause) {
    throw new ClusterError(
      'Cannot profile with "clinic": it is not installed, wanted is "npm install" with development packages or "--tool cpu"',
      { code: 'OPTION_INVALID', cause },
    );
  }
}

/** A tool that makes a page of what it collected. */
export function createVisualizer(clinic: Clinic, name: string): Visualizer {
  const Tool = clinic.load(name) as new () => Visualizer;
  return new Tool();
}
