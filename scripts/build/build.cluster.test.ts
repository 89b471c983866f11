/** The build script in a small tree, with compilers that only say what they were asked. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entry } from '../../server/process/index.ts';

let folder: string;

/** Says that it ran, and copies what the tree is said to be compiled to. */
const TSC = `#!/bin/sh
echo "$2" >> ran
[ ! -e broken ] || exit 2
[ "$2" != tsconfig.build.json ] || cp -r made/. "$4"
`;
/** Writes its third parameter's file. */
const ROLLDOWN = `#!/bin/sh
mkdir -p "$(dirname "$3")"
echo bundled > "$3"
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
  const folders = ['server', 'loadgen', 'scenarios', 'reports/runs', 'scripts', 'node_modules'];
  for (const name of [...folders, 'tools']) mkdirSync(join(folder, name), { recursive: true });
  const files = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'node_modules/.package-lock.json'];
  for (const name of [...files, 'server/a.ts']) writeFileSync(join(folder, name), '');
  for (const name of ['server/cli.js', 'loadgen/cli.js', 'reports/browser/selection/record.js']) {
    mkdirSync(join(folder, 'made', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'made', name), name);
  }
  cpSync(entry('scripts/build'), join(folder, 'made/scripts/build'), { recursive: true });
  writeFileSync(join(folder, 'made/package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries({ tsc: TSC, rolldown: ROLLDOWN })) {
    writeFileSync(join(folder, 'tools', name), text);
    chmodSync(join(folder, 'tools', name), 0o755);
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Builds as package.json says. */
async function build(): Promise<void> {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { build: string } };
  const command = scripts.build.replace('scripts/build/', `${process.cwd()}/scripts/build/`);
  const PATH = [join(folder, 'tools'), process.env['PATH']].join(delimiter);
  await promisify(execFile)('sh', ['-c', command], { cwd: folder, env: { ...process.env, PATH } });
}

function timesCompiled(): number {
  return readFileSync(join(folder, 'ran'), 'utf8').split('tsconfig.build.json').length - 1;
}

test('npm run build does nothing when nothing has changed, and everything when something was or is gone', async () => {
  await build();
  const { ino } = statSync(join(folder, 'dist/loadgen/cli.js'));
  writeFileSync(join(folder, 'reports/runs/run.jsonl'), 'a run');
  await build();
  expect(timesCompiled()).toBe(1);
  writeFileSync(join(folder, 'made/server/cli.js'), 'changed');
  rmSync(join(folder, 'server/a.ts'));
  await build();
  expect(timesCompiled()).toBe(2);
  expect(readFileSync(join(folder, 'dist/server/cli.js'), 'utf8')).toBe('changed');
  expect(statSync(join(folder, 'dist/loadgen/cli.js')).ino).toBe(ino);
});

test('npm run build leaves what is there when it fails, and tries again', async () => {
  await build();
  writeFileSync(join(folder, 'server/a.ts'), 'mistake');
  writeFileSync(join(folder, 'broken'), '');
  for (const _again of [1, 2]) await expect(build()).rejects.toThrow();
  expect(readFileSync(join(folder, 'dist/server/cli.js'), 'utf8')).toBe('server/cli.js');
  expect(timesCompiled()).toBe(3);
});

test('npm run build twice at once builds once', async () => {
  await Promise.all([build(), build()]);
  expect(timesCompiled()).toBe(1);
  expect(readFileSync(join(folder, 'dist/server/cli.js'), 'utf8')).toBe('server/cli.js');
});
