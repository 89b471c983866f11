/** Limits planted where only the command that is asked sees them: shells, namespaces, control groups. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Examination } from './examine.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'loadgen', 'cli.js');
const doctor = `"${process.execPath}" "${cli}" doctor --no-trial --json --users 20000`;
const elsewhere = `${doctor} --target ws://10.9.8.7:80/`;

const mayPlant = process.platform === 'linux' && process.getuid?.() === 0 && canUnshare();

const inNetwork = (setting: string, value: string, command = doctor): string[] => [
  'unshare',
  '-n',
  'sh',
  '-c',
  `ip link set lo up; echo ${value} > /proc/sys/net/${setting}; ${command}`,
];
/** What belongs to the whole host is only shown to the command. */
const folder = mkdtempSync(join(tmpdir(), 'planted-'));
afterAll(() => rmSync(folder, { recursive: true }));
const shown = (path: string, value: string): string[] => {
  const file = join(folder, basename(path));
  writeFileSync(file, `${value}\n`);
  return ['unshare', '-m', 'sh', '-c', `mount --bind "${file}" ${path}; ${doctor}`];
};

test.runIf(mayPlant).for<[name: string, command: string[]]>([
  ['descriptors', ['sh', '-c', `ulimit -n 2000; ${doctor}`]],
  ['listen queue', inNetwork('core/somaxconn', '16')],
  ['SYN queue', inNetwork('ipv4/tcp_max_syn_backlog', '8')],
  ['ports', inNetwork('ipv4/ip_local_port_range', '40000 41999', elsewhere)],
  ['source addresses', inNetwork('ipv4/ip_local_port_range', '1024 65535', `${elsewhere} --rate 0.01`)],
  ['TCP memory', shown('/proc/sys/net/ipv4/tcp_mem', '500 600 700')],
  ['open files', shown('/proc/sys/fs/file-nr', '1000 0 3000')],
])('doctor names %s when it is planted', { timeout: 60_000 }, ([name, [program = '', ...args]]) => {
  expect(firstLimit(program, args)).toBe(name);
});

test.runIf(mayPlant && existsSync('/proc/sys/net/netfilter/nf_conntrack_max'))(
  'doctor names conntrack when it is planted',
  { timeout: 60_000 },
  () => {
    const [program = '', ...args] = shown('/proc/sys/net/netfilter/nf_conntrack_max', '3000');
    expect(firstLimit(program, args)).toBe('conntrack');
  },
);

test
  .runIf(mayPlant && existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us'))
  .for<[string, string, string, number]>([
    ['CPU quota', 'cpu', 'cpu.cfs_quota_us', 20_000],
    ['memory limit', 'memory', 'memory.limit_in_bytes', 300_000_000],
  ])('doctor names %s when it is planted', { timeout: 60_000 }, ([name, controller, setting, value]) => {
  const group = join('/sys/fs/cgroup', controller, `planted-${process.pid}`);
  mkdirSync(group);
  try {
    writeFileSync(join(group, setting), String(value));
    expect(firstLimit('sh', ['-c', `echo $$ > ${group}/cgroup.procs; ${doctor}`])).toBe(name);
  } finally {
    rmdirSync(group);
  }
});

function firstLimit(program: string, args: string[]): string | undefined {
  const text = execFileSync(program, args, { encoding: 'utf8' });
  return (JSON.parse(text) as Examination).limits[0]?.name;
}

function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['-n', '-m', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
