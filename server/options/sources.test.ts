import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { optionsFromEnvironment, optionsFromFile } from './sources.ts';

async function plant(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'options-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'options.json');
  await writeFile(path, text);
  return path;
}

test('optionsFromEnvironment() reads numbers as numbers and names as text', () => {
  const environment = {
    SOCKETCLUSTER_PORT: '9000',
    SOCKETCLUSTER_WORKERS: '3',
    SOCKETCLUSTER_APP_NAME: '2048',
    SOCKETCLUSTER_WORKER_CONTROLLER: 'app.js',
    HOME: '/root',
  };
  expect(optionsFromEnvironment(environment)).toEqual({
    port: 9_000,
    workers: 3,
    appName: '2048',
    workerController: 'app.js',
  });
});

test('optionsFromEnvironment() leaves what should be a number for the check to name', () => {
  expect(optionsFromEnvironment({ SOCKETCLUSTER_PORT: '80a', SOCKETCLUSTER_BROKERS: '-1' })).toEqual({
    port: '80a',
    brokers: '-1',
  });
});

test('optionsFromEnvironment() lets a variable of its own win over SOCKETCLUSTER_OPTIONS', () => {
  const environment = { SOCKETCLUSTER_OPTIONS: '{"port":1,"authKey":"x"}', SOCKETCLUSTER_PORT: '2' };
  expect(optionsFromEnvironment(environment)).toEqual({ port: 2, authKey: 'x' });
});

test('optionsFromEnvironment() takes empty variables for absent', () => {
  expect(optionsFromEnvironment({ SOCKETCLUSTER_OPTIONS: '', SOCKETCLUSTER_PORT: '' })).toEqual({});
});

test('optionsFromEnvironment() says that SOCKETCLUSTER_OPTIONS is no JSON object', () => {
  for (const [text, why] of [
    ['{', 'it is not JSON from line 1 on'],
    ['{\n "port": 1,\n "workers": two\n}', 'it is not JSON from line 3 on'],
    ['{"a": "b\n"}', 'it is not JSON from line 2 on'],
    ['{\n"a": [1,\n2\n}', 'it is not JSON from line 4 on'],
    ['[1]', 'it holds no JSON object'],
    ['null', 'it holds no JSON object'],
  ] as const) {
    expect(() => optionsFromEnvironment({ SOCKETCLUSTER_OPTIONS: text })).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: `Cannot read environment variable "SOCKETCLUSTER_OPTIONS": ${why}`,
      }),
    );
  }
});

test('optionsFromFile() reads a JSON object', async () => {
  expect(optionsFromFile(await plant('{ "workers": 2 }'))).toEqual({ workers: 2 });
});

test('optionsFromFile() says why a file cannot be read', async () => {
  const path = await plant('workers: 2');
  expect(() => optionsFromFile(path)).toThrow(`Cannot read options file "${path}": it is not JSON`);
  expect(() => optionsFromFile(`${path}.missing`)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: `Cannot read options file "${path}.missing": ENOENT`,
    }),
  );
});
