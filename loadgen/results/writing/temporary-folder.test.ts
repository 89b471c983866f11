import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeTemporaryFolder } from './temporary-folder.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'temporary-folder-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

test('makeTemporaryFolder() makes another one every time, in TMPDIR', async () => {
  vi.stubEnv('TMPDIR', root);
  const [one, other] = [await makeTemporaryFolder('try'), await makeTemporaryFolder('try')];
  expect(one).not.toBe(other);
  for (const folder of [one, other]) {
    expect(folder.startsWith(join(root, 'try-'))).toBe(true);
    expect(existsSync(folder)).toBe(true);
  }
});

test.each([
  ['nowhere', 'ENOENT'],
  ['file', 'ENOTDIR'],
])('makeTemporaryFolder() says in a sentence that TMPDIR is %s', async (name, code) => {
  writeFileSync(join(root, 'file'), '');
  vi.stubEnv('TMPDIR', join(root, name));
  await expect(makeTemporaryFolder('try')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    exitCode: 104,
    message: `Cannot write temporary files to "${join(root, name)}": wanted a TMPDIR that can be written to (${code})`,
  });
});
