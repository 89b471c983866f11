/** A build takes the place of another from which something may be running. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Tells by its time since when sources are not in the build. */
const STAMP = '.built';

/**
 * Moves what has changed from `built` to `place`, each file in one step, and then takes away what is not built any
 * more. The stamp comes last: whoever is interrupted before has not built.
 */
export function placeBuild(built: string, place: string): void {
  const files = listFiles(built).filter((file) => file !== STAMP);
  for (const file of files) {
    if (!isSame(join(built, file), join(place, file))) move(file, built, place);
  }
  const wanted = new Set([...files, STAMP]);
  for (const file of listFiles(place)) {
    if (!wanted.has(file)) remove(file, place);
  }
  move(STAMP, built, place);
  rmSync(built, { recursive: true });
}

function move(file: string, from: string, to: string): void {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  renameSync(join(from, file), join(to, file));
}

/** With the folders that are empty then. */
function remove(file: string, place: string): void {
  rmSync(join(place, file));
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    if (readdirSync(join(place, folder)).length > 0) return;
    rmdirSync(join(place, folder));
  }
}

function isSame(one: string, other: string): boolean {
  if (!existsSync(other)) return false;
  return statSync(one).mode === statSync(other).mode && readFileSync(one).equals(readFileSync(other));
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((entry) => !statSync(join(folder, entry)).isDirectory());
}
