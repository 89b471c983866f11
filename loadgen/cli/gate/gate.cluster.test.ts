/** The command as people run it, as far as its builds: real repositories, judged by exit code, words and what is left. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { aFolder, aPackage, aRepository, type TestRepository } from '../../gate/builds/testing.ts';

const FACT = { timeout: 30_000, interval: 20 };

let repository: TestRepository;
let temporary = '';

beforeEach(() => {
  repository = aRepository();
  temporary = aFolder();
});

function scbench(...words: string[]): {
  child: ChildProcess;
  ended: Promise<{ code: unknown; out: string; error: string }>;
} {
  const out = words.includes('--baseline') ? [] : ['--out', 'out'];
  const child = spawn(process.execPath, [entry('loadgen/cli.js'), 'gate', ...out, ...words], {
    cwd: repository.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.error += text;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, ...texts })) };
}

/** Nothing of a gate that did not begin may be left, whoever ended it. */
function expectNothingLeft(): void {
  expect(readdirSync(temporary)).toEqual([]);
  expect(existsSync(join(repository.folder, 'out'))).toBe(false);
}

test.each<[string, number, string[], RegExp]>([
  [
    'no base',
    2,
    [],
    /^Cannot compare with nothing: no base is named, wanted --base, --base-dir or --baseline\n$/,
  ],
  [
    'a base beside a baseline',
    2,
    ['--base', 'main', '--baseline', 'x.jsonl'],
    /^Cannot compare with a build and with stored measurements at once: wanted --base or --baseline, not both\n$/,
  ],
  [
    'a baseline that is none',
    104,
    ['--baseline', 'x.jsonl'],
    /^Cannot read baseline "x\.jsonl": wanted a file that "scbench baseline record" wrote\n$/,
  ],
  [
    'a base that is none',
    104,
    ['--base', 'nosuch'],
    /^Cannot find "nosuch": it is no commit of ".+", wanted .+\n$/,
  ],
  [
    'a folder that is not built',
    104,
    ['--base-dir', '.'],
    /^Cannot use the build in "\.": it has no dist\/server\/index\.js, wanted a built tree\n$/,
  ],
  [
    'a load that is none',
    104,
    ['--base', 'main', '-s', 'nosuch'],
    /^Cannot gate scenario "nosuch": wanted .+\n$/,
  ],
  [
    'a number that is none',
    2,
    ['--base', 'main', '--attempt', 'x'],
    /^error: option '--attempt <number>' .+\n$/,
  ],
])('scbench gate refuses %s with %i and one sentence', async (_what, code, words, sentence) => {
  expect(await scbench(...words).ended).toEqual({ code, out: '', error: expect.stringMatching(sentence) });
  expectNothingLeft();
});

test('scbench gate says with 104 why a base does not build, and leaves nothing', async () => {
  repository.commit(aPackage('echo "a.ts(1,1): error TS1005" && exit 2'));
  repository.commit(aPackage());
  const { code, out, error } = await scbench('--base', 'HEAD~1', '-q').ended;
  expect({ code, out }).toEqual({ code: 104, out: '' });
  expect(error).toMatch(
    /^Cannot build the base "HEAD~1" \([0-9a-f]{10}\): npm ended with 2: a\.ts\(1,1\): error TS1005\n$/,
  );
  expectNothingLeft();
  expect(repository.git('worktree', 'list').split('\n')).toHaveLength(1);
});

test('scbench gate ends with 105 when it is interrupted while it builds, and leaves nothing', async () => {
  const started = join(aFolder(), 'started');
  repository.commit(aPackage(`touch ${started}; while [ -d . ]; do :; done`));
  const { child, ended } = scbench('--base', 'HEAD', '-q');
  await vi.waitFor(() => expect(existsSync(started)).toBe(true), FACT);
  child.kill('SIGINT');
  expect(await ended).toEqual({
    ...{ code: 105, out: '' },
    error: 'Cannot make the builds: the gate was interrupted\n',
  });
  expectNothingLeft();
  expect(repository.git('worktree', 'list').split('\n')).toHaveLength(1);
});

test('scbench gate ends at a second interrupt with a build that ignores the first, and leaves nothing', async () => {
  const notes = aFolder();
  const [deaf, heard] = ['deaf', 'heard'].map((name) => join(notes, name));
  repository.commit(aPackage(`trap 'touch ${heard}' TERM; echo $$ > ${deaf}; while [ -d . ]; do :; done`));
  const { child, ended } = scbench('--base', 'HEAD', '-q');
  await vi.waitFor(() => expect(readFileSync(deaf!, 'utf8')).toMatch(/^\d+\n$/), FACT);
  child.kill('SIGINT');
  await vi.waitFor(() => expect(existsSync(heard!)).toBe(true), FACT);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130 });
  const pid = Number(readFileSync(deaf!, 'utf8'));
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), FACT);
  expect(readdirSync(temporary)).toEqual([]);
});
