import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { answerAt } from './line.ts';

test('answerAt() answers each question with one line, in their order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gate-line-'));
  const server = createServer().listen(join(folder, 'line'));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  await once(server, 'listening');
  const power = { isOn: true };
  answerAt(join(folder, 'line'), power);
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.write('begin\ncollect\nend\nrest\n');
  const answers: unknown[] = [];
  for await (const line of createInterface({ input: socket })) {
    if (answers.push(JSON.parse(line)) === 4) break;
  }
  expect(answers).toEqual([
    null,
    process.pid,
    { allocatedBytes: expect.any(Number), gcMicros: expect.any(Number) },
    null,
  ]);
  expect(power).toEqual({ isOn: false });
  socket.destroy();
});
