import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configurationOf, readTimes, tsungBy } from './tsung.ts';

const task = {
  port: 7_000,
  steps: [
    { users: 100, hold: 7 },
    { users: 200, hold: 0 },
  ],
  perSecond: 50,
  every: 0.25,
  questions: 40,
  isTimed: false,
};

test('configurationOf() gives users that come at random the time they need', () => {
  const text = configurationOf(task);
  expect(text).toContain(
    '<arrivalphase phase="1" duration="13" unit="second"><users arrivalrate="50" unit="second" maxnumber="100"/></arrivalphase><arrivalphase phase="2" duration="9" unit="second"><users arrivalrate="50" unit="second" maxnumber="200"/></arrivalphase>',
  );
  expect(text).toContain('maxusers="300"');
  expect(text).toContain('<server host="127.0.0.1" port="7000" type="tcp"/>');
});

test('configurationOf() has users ask and wait for the answer, or only stay', () => {
  expect(configurationOf(task)).toContain(
    '<for from="1" to="40" var="question"><request><websocket type="message" ack="parse" frame="text">{"event":"ping","cid":1}</websocket></request><thinktime value="0.25"/></for>',
  );
  const idle = configurationOf({ ...task, every: undefined });
  expect(idle).toContain('<thinktime value="900"/>');
  expect(idle).not.toContain('type="message"');
  expect(idle).toContain('backend="text"');
  expect(configurationOf({ ...task, isTimed: true })).toContain('backend="fullstats"');
});

/** As Tsung 1.7.0 writes it. */
const log = `[{sum,websocket_succ,3},
 {sum,size_sent,531},
 {sum,connected,3}]
{sample,request,[7.922,7.968]}
{sample,connect,[33.003,45.23,45.012]}
{sample,page,[7.922,7.968]}
{sample,request,
        [2.143,2.01,1.889,4.254,3.859,4.302,12.805,0.277,64.943,63.044,29.514,
         39.975,1.0e-3]}
{sample,page,
        [2.143,2.01,1.889,4.254,3.859,4.302,12.805,0.277,64.943,63.044,29.514,
         39.975,1.0e-3]}
[{sample,{cpu,"tsung_controller@127.0.0.1"},58.27340878644559},
 {sample_counter,{recvpackets,"tsung_controller@127.0.0.1"},0}]
`;

test('readTimes() takes quantiles of the requests alone, over all lines', () => {
  expect(readTimes(log)).toEqual({ p50: 4.302, p99: 63.044 });
  expect(() => readTimes('{sample,connect,[33.003]}')).toThrow('wanted times of requests, got none');
});

test('tsungBy() finds the log in the folder that Tsung makes for it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tsung-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const tool = tsungBy('tsung');
  const { words, environment } = tool.order(task, folder);
  expect(words.join(' ')).toBe(`tsung -f ${folder}/tsung.xml -l ${folder}/log -I 127.0.0.1 -n -w 0 start`);
  expect(environment).toEqual({ HOME: folder, ERL_EPMD_ADDRESS: '127.0.0.1' });
  const made = join(folder, 'log', '20260101-0000');
  await mkdir(made, { recursive: true });
  await writeFile(join(made, 'tsung-fullstats.log'), log);
  expect(await tool.read(folder)).toEqual({ p50: 4.302, p99: 63.044 });
});

test('tsungBy() says in one sentence that the program is missing', async () => {
  await expect(tsungBy('/nowhere/tsung').prepare(() => {})).rejects.toMatchObject({
    code: 'PEERS_MISSING',
    message:
      'Cannot find the program "/nowhere/tsung" to compare with: wanted on the path, for example by sudo apt-get install --no-install-recommends tsung',
  });
});
