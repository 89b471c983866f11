import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type Exit, entry, startChild } from './start.ts';

const starter = pathToFileURL(entry('server/process/index.js')).href;

/** Runs a program that starts a child and gives what it wrote. */
function run(program: string): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const text = `import { startChild } from '${starter}'; ${program}`;
    execFile(process.execPath, ['--input-type=module', '-e', text], (_error, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

test('startChild() tells how a child ended that has no file, with its last words', async () => {
  const child = await startChild('/nowhere/main.js');
  const exit = await new Promise<Exit>((resolve) => child.onExit(resolve));
  expect(exit).toMatchObject({ code: 1, signal: null });
  expect(exit.lastWords).toContain('Cannot find module');
});

test('startChild() drops messages to a child that is gone', async () => {
  const child = await startChild('/nowhere/main.js');
  await new Promise<Exit>((resolve) => child.onExit(resolve));
  child.send({ type: 'start', options: {} });
  child.kill();
});

test('startChild() passes on what the child prints, in whole lines', async () => {
  const program = `
    const child = await startChild('-e', { arguments: [
      'process.stdout.write("one "); setTimeout(() => { console.log("line"); console.error("trouble"); process.disconnect(); }, 5)'
    ] });
    child.onExit(() => {});
  `;
  const { stdout, stderr } = await run(program);
  expect(stdout).toBe('one line\n');
  expect(stderr).toBe('trouble\n');
});
