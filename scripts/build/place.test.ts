import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeBuild } from './place.ts';

let folder: string;
let built: string;
let place: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'place-'));
  [built, place] = [join(folder, 'dist.new'), join(folder, 'dist')];
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(root: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries({ ...files, '.built': '' })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

test('placeBuild() moves what has changed, leaves the rest untouched, and takes away what is not built any more', () => {
  write(place, { 'a/same.js': '1', 'a/changed.js': '1', 'b/c/stale.js': '1' });
  const before = statSync(join(place, 'a/same.js'));
  write(built, { 'a/same.js': '1', 'a/changed.js': '2', 'd/new.js': '1' });
  placeBuild(built, place);
  expect(statSync(join(place, 'a/same.js'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  expect(readFileSync(join(place, 'a/changed.js'), 'utf8')).toBe('2');
  expect(['d/new.js', 'b', '.built'].map((file) => existsSync(join(place, file)))).toEqual([
    true,
    false,
    true,
  ]);
  expect(existsSync(built)).toBe(false);
});

test('placeBuild() makes a place that is not there, and keeps what may be executed', () => {
  write(built, { 'cli.js': '1' });
  placeBuild(built, place);
  const { mode } = statSync(join(place, 'cli.js'));
  write(built, { 'cli.js': '1' });
  rmSync(join(built, 'cli.js'));
  writeFileSync(join(built, 'cli.js'), '1', { mode: 0o755 });
  placeBuild(built, place);
  expect(statSync(join(place, 'cli.js')).mode).toBe(mode | 0o111);
});
