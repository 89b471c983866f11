/** Whoever gets the results of a run, or looks over a shoulder, learns nothing that lets them in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { entry } from '../../server/process/index.ts';
import { startTarget } from '../drivers/testing.ts';
import { readRun } from '../results/index.ts';

/** Part of everything that nobody is to see. */
const SECRET = 'S3CRET';

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scenario = {
  name: 'secretive',
  question: 'Does it keep to itself who it is?',
  users: 4,
  ramp: 4,
  settle: 1,
  duration: 1,
  answerWithin: 1,
  behaviour: { kind: 'calls', payload: { password: `${SECRET}-payload` }, every: 0.5 },
  connect: {
    query: { access_token: `${SECRET}-query` },
    tokens: { key: `${SECRET}-key`, claims: { role: 'bench' } },
    login: { event: 'login', data: { name: `${SECRET}-name`, word: `${SECRET}-word` } },
  },
  target: { workers: 1, brokers: 1, controller: './none.js' },
  rules: ['users.failed == 0'],
};

async function scbench(...words: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [entry('loadgen/cli.js'), ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}

test.each(['socketcluster', 'socketcluster-client'])(
  'scbench run --driver %s writes and prints no secret of its users, and sends them all',
  async (driver) => {
    const target = await startTarget({
      onPacket(socket, { event, cid }) {
        if (event !== 'login') return false;
        socket.send(JSON.stringify({ event: '#setAuthToken', data: { token: `${SECRET}-given` } }));
        socket.send(JSON.stringify({ rid: cid, data: `${SECRET}-answer` }));
        socket.send(JSON.stringify({ event: 'welcome', data: `${SECRET}-word is right` }));
        return true;
      },
    });
    const file = join(folder, 'secretive.json');
    const out = join(folder, driver);
    writeFileSync(file, JSON.stringify(scenario));
    const { port } = target;
    const url = `ws://anna:${SECRET}-user@127.0.0.1:${port}?room=7&token=${SECRET}-url`;
    const header = `Authorization: Bearer ${SECRET}-header`;
    const words = [
      '--target',
      url,
      '--header',
      header,
      '--trace-user',
      '0',
      '--driver',
      driver,
      '--out',
      out,
    ];
    const { code, stdout, stderr } = await scbench('run', '-s', file, ...words);
    await target.close();

    expect({ code, stderr }).toMatchObject({ stderr: expect.stringContaining('user 0 →') });
    for (const name of readdirSync(out)) {
      expect([name, readFileSync(join(out, name), 'utf8').includes(SECRET)]).toEqual([name, false]);
    }
    expect(stdout + stderr).not.toContain(SECRET);
    expect(stderr).toContain('user 0 → {"event":"login","data":"[redacted]"');
    const { header: kept } = await readRun(join(out, 'run.jsonl'));
    expect(kept.target.url).toBe(`ws://127.0.0.1:${port}/socketcluster/?room=7&token=[redacted]`);
    expect(kept.command).toContain(`--header 'Authorization: [redacted]' --trace-user 0`);

    const request = target.requests.at(-1);
    expect(request?.headers.authorization).toBe(`Bearer ${SECRET}-header`);
    for (const part of ['-url', '-query']) expect(request?.url).toContain(`${SECRET}${part}`);
    const logins = target.packets.filter(({ event }) => event === 'login');
    expect(logins.at(-1)?.data).toEqual(scenario.connect.login.data);
  },
  60_000,
);

test.each([
  ['run', ['--driver', 'socketcluster', '--trace-user', '0']],
  ['run', ['--driver', 'socketcluster-client', '--trace-user', '0']],
  ['quick', ['--driver', 'websocket']],
  ['quick', []],
])(
  'scbench %s %j sends user and password of the URL with every request, and shows neither',
  async (command, words) => {
    const password = `${SECRET}-user`;
    const basic = Buffer.from(`anna:${password}`).toString('base64');
    const echoed = `{"event":"welcome","data":"anna:${password} by ${basic}"}`;
    const target = await startTarget({ greetings: [echoed] });
    const out = join(folder, [command, ...words].join(''));
    const file = join(folder, 'plain.json');
    const { connect: _none, ...plain } = scenario;
    writeFileSync(file, JSON.stringify(plain));
    const url = `ws://anna:${password}@127.0.0.1:${target.port}`;
    const what = command === 'run' ? ['-s', file, '--target', url] : [url, '-u', '4', '-d', '1s'];
    const { stdout, stderr } = await scbench(command, ...what, ...words, '--out', out);
    await target.close();

    const asked = new Set(target.requests.map(({ headers }) => headers.authorization));
    expect(asked).toEqual(new Set([`Basic ${basic}`]));
    const written = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    for (const shown of [...written, stdout, stderr]) {
      expect([shown.includes(SECRET), shown.includes(basic)]).toEqual([false, false]);
    }
    expect(written.length).toBeGreaterThan(1);
    if (command === 'run') expect(stderr).toContain('"data":"anna:[redacted] by [redacted]"');
  },
  60_000,
);

test.each([
  [104, 'no WebSocket', ['--target', `http://anna:${SECRET}@host/?token=${SECRET}`]],
  [104, 'no URL', ['--target', `anna:${SECRET}/${SECRET}@host`]],
  [113, 'no host', ['--target', `ws://${SECRET}@nosuch.invalid/?key=${SECRET}`]],
  [2, 'no header', ['--header', SECRET]],
  [2, 'no NATS', ['--agents', `nats:anna:${SECRET}@host`]],
  [104, 'no admin endpoint', ['--target', 'ws://127.0.0.1:1/', '--admin', `https://anna:${SECRET}@host`]],
])('scbench run ends with %i for what is %s, and does not say it again', async (exitCode, _what, words) => {
  const { code, stdout, stderr } = await scbench('run', ...words);
  expect(code).toBe(exitCode);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout + stderr).not.toContain(SECRET);
});
