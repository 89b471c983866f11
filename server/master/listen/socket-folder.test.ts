import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeSocketFolder } from './socket-folder.ts';

async function makeRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'root-'));
  onTestFinished(() => rm(root, { recursive: true }));
  return root;
}

/** Number of a process that has ended. */
const pidOfTheDead = (): string =>
  execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();

test('makeSocketFolder() makes a folder that bears the number of its master, for its user alone', async () => {
  const root = join(await makeRoot(), 'not', 'there');
  const folder = await makeSocketFolder({ root });
  expect(basename(folder)).toMatch(new RegExp(`^sc-${process.pid}-`));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('makeSocketFolder() removes the folders of masters that are gone, and nothing else', async () => {
  const root = await makeRoot();
  const dead = pidOfTheDead();
  for (const name of [
    `sc-${dead}-a`,
    `sc-${dead}-used`,
    `sc-${process.pid}-b`,
    `sc-${dead}`,
    'sc-x-c',
    'd',
  ]) {
    await mkdir(join(root, name));
  }
  await writeFile(join(root, `sc-${dead}-a`, 'b0'), '');
  const server = createServer().listen(join(root, `sc-${dead}-used`, 'b0'));
  onTestFinished(() => void server.close());
  const folder = await makeSocketFolder({ root });
  expect((await readdir(root)).toSorted()).toEqual(
    [`sc-${dead}-used`, `sc-${process.pid}-b`, `sc-${dead}`, 'sc-x-c', 'd', basename(folder)].toSorted(),
  );
});

test('makeSocketFolder() says where it cannot make one, and which option names another place', async () => {
  const file = join(await makeRoot(), 'file');
  await writeFile(file, '');
  await expect(makeSocketFolder({ root: join(file, 'below') })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(
      /^Cannot make a folder for unix sockets in ".*below": ENOTDIR.*socketRoot$/,
    ),
  });
});
