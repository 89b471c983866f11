/** The command `socketcluster` as people type it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { entry } from './process/index.ts';

/** Runs the command to its end. */
async function run(...words: string[]): Promise<{ code: number; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'broken.json'), '{\n  "port": 1,\n}');
  await writeFile(join(folder, 'broken.mjs'), '\nexport const = 1;\n');
  return new Promise((resolve) => {
    execFile(process.execPath, [entry('server/cli.js'), ...words], { cwd: folder }, (error, out, said) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + said }),
    );
  });
}

test('socketcluster says its version', async () => {
  const { version } = JSON.parse(await readFile(entry('../package.json'), 'utf8')) as { version: string };
  for (const flag of ['-v', '--version']) {
    expect(await run(flag)).toEqual({ code: 0, said: `${version}\n` });
  }
});

test('socketcluster refuses a command that there is not, and asks about a near one', async () => {
  expect(await run('craete', 'app')).toEqual({
    code: 2,
    said: 'Cannot run command "craete": there is no such command; did you mean "create"?; wanted is one of run, create, help\n',
  });
  expect((await run('run', 'app.js')).code).toBe(2);
});

test('socketcluster says in one sentence, without a stack, what it cannot do', async () => {
  for (const [words, sentence] of [
    [['create', ''], /^Cannot create application "": its name is ""/],
    [['create', '--', '-dash'], /its name is "-dash", wanted is a letter or a digit, followed by/],
    [
      ['create', 'broken.json', '--force'],
      /^Cannot create application .*broken\.json": it cannot be read as a folder/,
    ],
    [
      ['--options', 'broken.json'],
      /^Cannot read options file "broken\.json": it is not JSON from line 3 on\n$/,
    ],
    [['--controller', 'broken.mjs', '--port', '0'], /: Unexpected token '=', at .*broken\.mjs:2\n$/],
    [
      ['--controller', 'missing.js', '--port', '0'],
      /^Cannot load worker controller ".*missing\.js": there is no such file\n$/,
    ],
  ] as const) {
    const { code, said } = await run(...words);
    expect(said).toMatch(sentence);
    expect(said).not.toContain('\n    at ');
    expect(code).toBe(104);
  }
});
