/**
 * Makes sure that the programs which tests need and npm cannot install are there, before the tests start:
 * a test that lacks its program fails, it never skips. Programs that no test needs are installed by their names:
 * `node dist/scripts/system-packages.js tsung`.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A program from outside npm. */
export interface SystemPackage {
  /** The program that must be on the path. */
  command: string;
  /** The Debian package that brings it. */
  name: string;
  neededBy: string;
  /** Whether it is installed only when it is named. */
  isExtra?: boolean;
}

/** Debian puts servers there, and not every user's path leads there. */
const SERVERS = '/usr/sbin';

const packages: SystemPackage[] = [
  { command: 'chromium', name: 'chromium', neededBy: 'the tests that open a report in a browser' },
  { command: 'ip', name: 'iproute2', neededBy: 'the tests that make hosts' },
  { command: 'nats-server', name: 'nats-server', neededBy: 'the tests that join hosts' },
  { command: 'tsung', name: 'tsung', neededBy: 'the comparison with other load generators', isExtra: true },
];

/** What is known of the machine, so that the decision can be tested without changing one. */
export interface Machine {
  /** Says whether a program is on the path. */
  has: (command: string) => boolean;
  isRoot: boolean;
  /** Says whether sudo asks for no password. */
  maySudo: () => boolean;
}

/** Returns the commands that bring the packages, or undefined when this user may not install any. */
export function planInstall(missing: SystemPackage[], machine: Machine): string[][] | undefined {
  if (missing.length === 0) return [];
  if (!machine.has('apt-get') || (!machine.isRoot && !machine.maySudo())) return undefined;
  const prefix = machine.isRoot ? [] : ['sudo', '-n'];
  const names = missing.map(({ name }) => name);
  return [
    [...prefix, 'apt-get', 'update', '-q'],
    [...prefix, 'apt-get', 'install', '-q', '-y', '--no-install-recommends', ...names],
  ];
}

/** Chooses the packages that are named, or without a name those that are no extras. */
export function choosePackages(all: SystemPackage[], names: readonly string[]): SystemPackage[] {
  return all.filter(({ name, isExtra = false }) => (names.length === 0 ? !isExtra : names.includes(name)));
}

/** Says whether a program that may be run lies in one of the path's folders. */
export function isOnPath(command: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Returns the sentences that say what is missing and what brings it. */
export function explainMissing(missing: SystemPackage[]): string[] {
  return missing.map(
    ({ command, name, neededBy }) =>
      `Cannot find the program "${command}" for ${neededBy}: wanted on the path, for example by sudo apt-get install ${name}`,
  );
}

function main(): void {
  const has = (command: string): boolean => isOnPath(command, [process.env['PATH'], SERVERS].join(delimiter));
  const wanted = choosePackages(packages, process.argv.slice(2));
  const findMissing = (): SystemPackage[] => wanted.filter(({ command }) => !has(command));
  const machine: Machine = {
    has,
    isRoot: process.getuid?.() === 0,
    maySudo: () => has('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0,
  };
  for (const [program = '', ...parameters] of planInstall(findMissing(), machine) ?? []) {
    const { status } = spawnSync(program, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) break;
  }
  for (const sentence of explainMissing(findMissing())) {
    console.error(sentence);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
