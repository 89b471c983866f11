/** The hosts of EC2 as the doctor sees them: before cloud-init and after it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examine } from '../../../loadgen/doctor/index.ts';
import { resolvePlan } from '../../../loadgen/plan/resolve/index.ts';
import { resolveOptions } from '../../../server/options/index.ts';
import { farewellOf, timeFor } from '../../../server/process/farewell/index.ts';
import { checkBench } from '../manifests/bench-command.ts';
import { contentOf, readCloudConfig, readSettings, readUnit } from './cloud-config.ts';

type Facts = NonNullable<Parameters<typeof examine>[0]['facts']>;

const [server, agent, nats] = await Promise.all(
  ['server', 'agent', 'nats'].map((name) => readCloudConfig(join(import.meta.dirname, `${name}.yaml`))),
);

const stadium = resolvePlan({
  name: 'stadium',
  question: 'Who is there?',
  users: 100_000,
  ramp: 50_000,
  duration: 60,
  behaviour: { kind: 'ping-pong', payload: 'x', every: 10 },
  target: { workers: 6, brokers: 1, controller: './ping-pong.js' },
  rules: [],
});

/** A large host whose kernel grants as little as any ever did. */
const stingy: Facts = {
  cpus: 64,
  model: 'None',
  memoryGB: 256,
  kernel: '6.12',
  node: '20.20.2',
  memoryBytes: 256e9,
  fdLimit: 1_024,
  files: { open: 1_000, most: 10_000 },
  portRange: [32_768, 33_999],
  reservedPorts: 0,
  addresses: 4,
  listenQueue: 128,
  synQueue: 128,
  conntrack: { count: 100, most: 8_192 },
  tcpMemoryBytes: 10_000_000,
};

/** The same host with the settings of a file and the descriptors of a unit. */
function grant(settings: ReadonlyMap<string, string>, descriptors: number): Facts {
  const numbers = (name: string): number[] | undefined => settings.get(name)?.split(/\s+/).map(Number);
  const [first = 32_768, last = 33_999] = numbers('net.ipv4.ip_local_port_range') ?? [];
  const one = (name: string, otherwise: number): number => numbers(name)?.[0] ?? otherwise;
  return {
    ...stingy,
    fdLimit: descriptors,
    files: { open: 1_000, most: one('fs.file-max', 10_000) },
    portRange: [first, last],
    listenQueue: one('net.core.somaxconn', 128),
    synQueue: one('net.ipv4.tcp_max_syn_backlog', 128),
    conntrack: { count: 100, most: one('net.netfilter.nf_conntrack_max', 8_192) },
    tcpMemoryBytes: (numbers('net.ipv4.tcp_mem')?.[2] ?? 2_000) * 4_096,
  };
}

/** What the doctor asks for so that the host carries them all: settings of the kernel by name, and descriptors. */
function asksFor(facts: Facts, role: 'server' | 'agent'): string[] {
  const target = role === 'agent' ? { targetAddress: '10.0.0.7' } : {};
  const { limits } = examine({ resolved: stadium, facts, ...target });
  return (
    limits
      .filter(({ users }) => users < stadium.plan.users)
      // Both sides are on one host when the doctor is asked about a server; these are the generator's.
      .filter(({ name }) => role === 'agent' || !['ports', 'source addresses'].includes(name))
      .map(
        ({ remedy }) => /sysctl -w ([\w.-]+)=/.exec(remedy)?.[1] ?? /ulimit -n/.exec(remedy)?.[0] ?? remedy,
      )
      .sort()
  );
}

const hosts = [
  ['server', server!, '90-socketcluster', 'socketcluster'],
  ['agent', agent!, '90-scbench', 'scbench-agent'],
] as const;

test.each(hosts)(
  'the %s has the settings that the doctor asks for, and no others',
  (role, config, file, name) => {
    const settings = readSettings(contentOf(config, `/etc/sysctl.d/${file}.conf`));
    const unit = readUnit(contentOf(config, `/etc/systemd/system/${name}.service`));
    const descriptors = Number(unit.get('Service')?.get('LimitNOFILE')?.[0]);
    const wanted = asksFor(stingy, role);
    expect([...settings.keys()].sort()).toEqual(wanted.filter((each) => each !== 'ulimit -n'));
    expect(asksFor(grant(settings, descriptors), role)).toEqual([]);
    // An agent's processes are as many as its descriptors ask for, so the doctor does not name them.
    expect(wanted.includes('ulimit -n')).toBe(role === 'server');
  },
);

test.each(hosts)('the %s needs each of its settings', (role, config, file) => {
  const settings = readSettings(contentOf(config, `/etc/sysctl.d/${file}.conf`));
  for (const name of settings.keys()) {
    const others = new Map([...settings].filter(([other]) => other !== name));
    expect(asksFor(grant(others, 1_048_576), role)).toEqual([name]);
  }
});

test('the server has options that the server takes, and time to drain', () => {
  const unit = readUnit(contentOf(server!, '/etc/systemd/system/socketcluster.service')).get('Service');
  const [start = ''] = unit?.get('ExecStart') ?? [];
  const options = JSON.parse(contentOf(server!, start.split(' ').at(-1) ?? '')) as object;
  const drainMs = timeFor(farewellOf(resolveOptions(options), { isDrain: true }), stadium.plan.users / 2);
  expect(start).toMatch(/^\/usr\/local\/bin\/socketcluster run --options /);
  expect(Number(unit?.get('TimeoutStopSec')?.[0]) * 1_000).toBeGreaterThanOrEqual(drainMs + 3_000);
  expect(unit?.get('KillMode')).toEqual(['mixed']);
});

test('the agent is started as the command line understands it', async () => {
  const unit = readUnit(contentOf(agent!, '/etc/systemd/system/scbench-agent.service')).get('Service');
  const [program, ...args] = unit?.get('ExecStart')?.[0]?.split(' ') ?? [];
  expect(program).toBe('/usr/local/bin/scbench');
  expect(unit?.get('EnvironmentFile')).toEqual(['/etc/scbench/agent.env']);
  await checkBench(args, ['SCBENCH_NATS']);
});

test('the page’s run goes to both servers, and looks at both, as the command line understands it', async () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const [, command = ''] = /```\n(SCBENCH_AGENTS=[^`]+)```/.exec(readme) ?? [];
  const [variable = '', program, ...args] = command.replaceAll('\\\n', '').trim().split(/\s+/);
  expect(program).toBe('scbench');
  const valuesOf = (flag: string): string[] => args.filter((_, index) => args[index - 1] === flag);
  const hostsOf = (flag: string): string[] => valuesOf(flag).map((url) => url.split(/[/:]+/)[1] ?? '');
  expect(new Set(hostsOf('--target')).size).toBe(2);
  expect(hostsOf('--admin')).toEqual(hostsOf('--target'));
  await checkBench(args, [variable.split('=')[0] ?? '']);
});

test('what the hosts enable is what they write, or what a package brings', () => {
  for (const config of [server!, agent!]) {
    const units = config.runcmd.filter(([, word]) => word === 'enable').map((words) => words.at(-1) ?? '');
    for (const unit of units) contentOf(config, `/etc/systemd/system/${unit}`);
    expect(units).toHaveLength(1);
  }
});

test('nats-server takes the settings of its host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nats-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'nats.conf');
  const check = (text: string): string => {
    writeFileSync(file, text);
    const env = { ...process.env, NATS_USER: 'user', NATS_PASSWORD: 'word' };
    return execFileSync('nats-server', ['--config', file, '-t'], { env, encoding: 'utf8', stdio: 'pipe' });
  };
  const text = contentOf(nats!, '/etc/nats-server.conf');
  check(text);
  expect(() => check(text.replace('max_payload', 'max_payloads'))).toThrow(/max_payloads/);
});
