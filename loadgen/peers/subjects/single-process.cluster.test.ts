import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { singleProcess } from './single-process.ts';

/** As much of the library as the adapter touches: no test needs the network. */
const LIBRARY = `exports.attach = (httpServer, { authKey }) => ({
  clients: { one: { authToken: authKey === 'secret' ? {} : null } },
  listener: async function* () {},
});`;

test('singleProcess() starts a server from its packages, asks it and ends it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peers-foreign-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const library = join(folder, 'node_modules', 'socketcluster-server');
  await mkdir(library, { recursive: true });
  await writeFile(join(library, 'index.js'), LIBRARY);
  const subject = singleProcess('socketcluster-20', {
    setup: 'a stand-in',
    path: '/socketcluster/',
    packages: join(folder, 'package.json'),
  });
  const running = await subject.start('secret');
  expect(await running.ask('collect')).toEqual({ sockets: 1, authenticated: 1 });
  expect(running.pids).toEqual([running.pid]);
  await running.stop();
  expect(() => process.kill(running.pid, 0)).toThrow('ESRCH');
});
