import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Message } from './ipc.ts';
import { type Exit, entry, startChild } from './start.ts';

let folder: string;
let file: string;

/** A child that answers, hangs or fails as its start options and messages say. */
const PROGRAM = `
import { runChild } from '${pathToFileURL(entry('server/process/index.js')).href}';
import { ClusterError } from '${pathToFileURL(entry('server/errors/index.js')).href}';
const parent = runChild({
  async start(options) {
    if (options.fail) throw new ClusterError('Cannot listen', { code: 'PORT_IN_USE' });
    return options;
  },
  async stop(withinMs, { farewell }) {
    parent.send({ type: 'stopping', withinMs, farewell });
    if (process.env.HANG) await new Promise(() => setInterval(() => {}, 1e6));
  },
  snapshot: () => ({ uptime: process.uptime() }),
  survive(error) {
    if (process.env.SURVIVE) parent.send({ type: 'survived', message: error.message });
    return process.env.SURVIVE !== undefined;
  },
  message({ type }) {
    if (type === 'throw') setTimeout(() => { throw new Error('nobody caught me'); });
    if (type === 'reject') Promise.reject(new Error('nobody awaited me'));
    if (type === 'print') console.log('a line');
    if (type === 'circular') {
      const message = { type };
      message.self = message;
      try { parent.send(message); } catch (error) { parent.send({ type: 'caught', message: error.message }); }
    }
    if (type === 'flood') for (let i = 0; i < 2000; i++) parent.send({ type: 'flood', i, text: 'x'.repeat(1000) });
    if (type === 'flood') throw new Error('after the flood');
  },
});
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-'));
  file = join(folder, 'program.mjs');
  await writeFile(file, PROGRAM);
});

afterAll(() => rm(folder, { recursive: true }));

async function start(options: Record<string, unknown> = {}, environment: Record<string, string> = {}) {
  const child = await startChild(file, { environment });
  const messages: Message[] = [];
  const listeners = new Set<() => void>();
  child.onMessage((message) => {
    messages.push(message);
    for (const listener of listeners) listener();
  });
  const exited = new Promise<Exit>((resolve) => child.onExit(resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const message = (type: string): Promise<Message> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = messages.find((candidate) => candidate.type === type);
        if (found !== undefined) resolve(found);
      };
      listeners.add(look);
      look();
    });
  child.send({ type: 'start', options });
  return { child, exited, message, messages };
}

test('runChild() answers the start with ready and ends with 0 when told to stop', async () => {
  const { child, exited, message } = await start({ port: 8000 });
  expect(await message('ready')).toEqual({ type: 'ready', details: { port: 8000 } });
  child.send({ type: 'stop', withinMs: 30_000, farewell: 'well' });
  expect(await message('stopping')).toEqual({ type: 'stopping', withinMs: 30_000, farewell: 'well' });
  expect(await exited).toMatchObject({ code: 0, signal: null });
});

test('runChild() reports a start that failed with its code', async () => {
  const { exited, message } = await start({ fail: true });
  expect(await message('failed')).toMatchObject({ message: 'Cannot listen', code: 'PORT_IN_USE' });
  // The parent says the sentence: said twice, it would be read twice.
  expect(await exited).toMatchObject({ code: 1, lastWords: '' });
});

test.each([
  ['throw', 'nobody caught me'],
  ['reject', 'nobody awaited me'],
])('runChild() reports what nobody handled (%s) and exits with 1', async (type, words) => {
  const { child, exited, message } = await start();
  await message('ready');
  child.send({ type });
  expect(await message('failed')).toMatchObject({ message: words, stack: expect.stringContaining(words) });
  expect(await exited).toMatchObject({ code: 1, lastWords: expect.stringContaining(words) });
});

test('runChild() gets its last words through behind two megabytes of messages', async () => {
  const { child, exited, messages, message } = await start();
  await message('ready');
  child.send({ type: 'flood' });
  await exited;
  expect(messages.filter(({ type }) => type === 'flood')).toHaveLength(2_000);
  expect(messages.at(-1)).toMatchObject({ type: 'failed', message: 'after the flood' });
});

test('runChild() gives the error of a circular message to its sender', async () => {
  const { child, message } = await start();
  child.send({ type: 'circular' });
  expect((await message('caught'))['message']).toMatch(/^Cannot send message "circular"/);
});

test('runChild() leaves signals that a whole group gets to its parent', async () => {
  const { child, exited, message, messages } = await start();
  await message('ready');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    child.kill(signal);
  }
  child.send({ type: 'circular' });
  await message('caught');
  expect(messages.some(({ type }) => type === 'stopping')).toBe(false);
  child.send({ type: 'stop', withinMs: 30_000 });
  expect(await exited).toMatchObject({ code: 0 });
});

test('runChild() sends figures right after ready', async () => {
  const { message, messages } = await start();
  expect(await message('snapshot')).toEqual({ type: 'snapshot', snapshot: { uptime: expect.any(Number) } });
  const types = messages.map(({ type }) => type);
  expect(types.slice(types.indexOf('ready')).slice(0, 2)).toEqual(['ready', 'snapshot']);
});

test('runChild() exits at the deadline when stop hangs', async () => {
  const { child, exited, message } = await start({}, { HANG: '1' });
  await message('ready');
  child.send({ type: 'stop', withinMs: 50 });
  expect(await exited).toMatchObject({ code: 1, signal: null });
});

test('runChild() refuses to run without a parent, in one sentence', async () => {
  const { execFile } = await import('node:child_process');
  const stderr = await new Promise((resolve) =>
    execFile(process.execPath, [file], (_error, _out, text) => resolve(text)),
  );
  expect(stderr).toMatch(/Cannot run ".*program\.mjs" by itself: it is started by its parent process/);
});

test('runChild() lets a child decide on an error that nobody caught, once it is ready', async () => {
  const { child, message } = await start({}, { SURVIVE: 'yes' });
  await message('ready');
  child.send({ type: 'reject' });
  expect(await message('survived')).toMatchObject({ message: 'nobody awaited me' });
  child.send({ type: 'throw' });
  child.send({ type: 'stop', withinMs: 30_000 });
  expect(await message('stopping')).toBeDefined();

  const early = await start({ fail: true }, { SURVIVE: 'yes' });
  expect(await early.exited).toMatchObject({ code: 1 });
});
