import { EventEmitter, once } from 'node:events';
import { isAbsolute } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { adoptChild, distOf, entry, type Subprocess } from './start.ts';
import { settle } from './testing.ts';

test('entry() is an absolute path under dist, also when asked from source', () => {
  expect(isAbsolute(entry('server/worker/main.js'))).toBe(true);
  expect(entry('server/worker/main.js')).toMatch(/\/dist\/server\/worker\/main\.js$/);
});

test('distOf() finds the same folder from source and from dist', () => {
  const dist = 'file:///app/dist/';
  expect(distOf('file:///app/server/process/start.ts').href).toBe(dist);
  expect(distOf('file:///app/dist/server/process/start.js').href).toBe(dist);
});

function fakeSubprocess() {
  const subprocess = Object.assign(new EventEmitter(), {
    connected: true,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    kill: () => true,
    send: () => true,
  });
  return { subprocess, child: adoptChild(subprocess as unknown as Subprocess, 7) };
}

test('adoptChild() keeps only the end of what the child wrote on stderr', async () => {
  const { subprocess, child } = fakeSubprocess();
  const exited = new Promise<{ lastWords: string }>((resolve) => child.onExit(resolve));
  const passedOn = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  subprocess.stderr.write(`${'x'.repeat(5_000)}last`);
  subprocess.stderr.end();
  await once(subprocess.stderr, 'end');
  expect(passedOn.mock.calls.join('')).toHaveLength(5_005);
  passedOn.mockRestore();
  subprocess.emit('exit', 1, null);
  subprocess.emit('close');
  const { lastWords } = await exited;
  expect(lastWords).toBe(`${'x'.repeat(2_044)}last`);
});

test('adoptChild() waits no longer for last words than until the output is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const { subprocess, child } = fakeSubprocess();
  subprocess.emit('exit', 0, null);
  subprocess.emit('close');
  await new Promise((resolve) => child.onExit(resolve));
  expect(vi.getTimerCount()).toBe(1);
  vi.useRealTimers();
});

test('adoptChild() tells of the end also when a grandchild keeps the output open', async () => {
  const { subprocess, child } = fakeSubprocess();
  subprocess.emit('exit', null, 'SIGKILL');
  const exit = await new Promise((resolve) => child.onExit(resolve));
  expect(exit).toEqual({ code: null, signal: 'SIGKILL', lastWords: '' });
});

test('adoptChild() passes on output without line ends before it fills the memory', async () => {
  const { subprocess } = fakeSubprocess();
  const passedOn = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  subprocess.stdout.write('x'.repeat(70_000));
  await settle();
  expect(passedOn.mock.calls.join('')).toHaveLength(70_000);
  passedOn.mockRestore();
});

test('adoptChild() leaves out messages that are not of this house', () => {
  const { subprocess, child } = fakeSubprocess();
  const seen: unknown[] = [];
  child.onMessage((message) => seen.push(message));
  for (const message of ['text', { cmd: 'NODE_X' }, { type: 'ready' }]) {
    subprocess.emit('message', message);
  }
  expect(seen).toEqual([{ type: 'ready' }]);
});
