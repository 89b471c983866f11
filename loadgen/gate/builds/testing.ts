/** Repositories for tests: real ones of git, with a build script that takes no time. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Without what this machine or a hook of git would add. */
const QUIET = [
  ...['-c', 'user.name=A Tester', '-c', 'user.email=tester@example.org', '-c', 'commit.gpgSign=false'],
  ...['-c', 'init.defaultBranch=main'],
];

/** A repository of one test. */
export interface TestRepository {
  readonly folder: string;
  /** Writes files; their folders are made. */
  write(files: Record<string, string>): void;
  /** Commits all there is and gives the hash. */
  commit(files?: Record<string, string>): string;
  git(...words: string[]): string;
}

/** Makes a folder that is gone after the test. */
export function aFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gate-builds-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a repository with one commit: a package without dependencies that is built by copying `value` to where a server's door is. */
export function aRepository(): TestRepository {
  const folder = aFolder();
  const git = (...words: string[]): string =>
    execFileSync('git', [...QUIET, ...words], { cwd: folder, encoding: 'utf8' }).trim();
  const write = (files: Record<string, string>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const commit = (files: Record<string, string> = {}): string => {
    write(files);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet');
  commit({ ...aPackage(), value: 'first', '.gitignore': 'dist/\nnode_modules/\n' });
  return { folder, write, commit, git };
}

/** The files of a package with a build script. */
export function aPackage(
  build = 'mkdir -p dist/server && cp value dist/server/index.js',
): Record<string, string> {
  const about = { name: 'built', version: '1.0.0' };
  const lock = { ...about, lockfileVersion: 3, requires: true, packages: { '': about } };
  return {
    'package.json': JSON.stringify({ ...about, scripts: { build } }),
    'package-lock.json': JSON.stringify(lock),
  };
}
