import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Lines } from './lines.ts';

async function open(): Promise<{ lines: Lines; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gate-lines-'));
  const path = join(folder, 'line');
  const lines = await Lines.open(path);
  onTestFinished(async () => {
    lines.close();
    await rm(folder, { recursive: true });
  });
  return { lines, path };
}

/** A worker that repeats each question, as JSON. */
function answer(path: string): void {
  const socket = connect(path).setEncoding('utf8');
  socket.on('data', (question: string) => socket.write(`${JSON.stringify(question.trim())}\n`));
  socket.on('error', () => {});
}

test('Lines asks all workers that have come', async () => {
  const { lines, path } = await open();
  const joined = lines.joined(2, 5_000);
  answer(path);
  answer(path);
  await joined;
  expect(await lines.ask('end')).toEqual(['end', 'end']);
  expect(await lines.ask('collect')).toEqual(['collect', 'collect']);
});

test('Lines expects no answer of a worker that goes', async () => {
  const { lines, path } = await open();
  const socket = connect(path);
  await lines.joined(1, 5_000);
  const answers = lines.ask('end');
  socket.destroy();
  expect(await answers).toEqual([]);
  expect(await lines.ask('end')).toEqual([]);
});

test('Lines does not wait for ever for workers', async () => {
  const { lines } = await open();
  await expect(lines.joined(1, 5)).rejects.toThrow(
    'Cannot reach the application in all workers: 0 are there, wanted 1',
  );
});
