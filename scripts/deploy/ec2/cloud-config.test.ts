import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentOf, readCloudConfig, readSettings, readUnit } from './cloud-config.ts';

const right = `#cloud-config
package_update: true
packages: [chrony]
write_files:
  - path: /etc/a.conf
    content: |
      a = 1
runcmd:
  - [sysctl, --system]
`;

async function write(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cloud-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'host.yaml');
  await writeFile(file, text);
  return file;
}

test('readCloudConfig() reads what a host is told', async () => {
  const config = await readCloudConfig(await write(right));
  expect(contentOf(config, '/etc/a.conf')).toBe('a = 1\n');
  expect(() => contentOf(config, '/etc/b.conf')).toThrow('Cannot find "/etc/b.conf"');
});

test.for<[what: string, text: string, sentence: string | RegExp]>([
  ['without its first line', right.replace('#cloud-config\n', ''), 'the first line'],
  ['with a module that it does not know', `${right}runcmnd: []\n`, 'runcmnd'],
  ['with a field that it does not know', right.replace('content:', 'contents:'), 'content'],
  ['with a relative path', right.replace('/etc/a.conf', 'a.conf'), 'an absolute path'],
  [
    'with a command that a shell would have to take apart',
    right.replace('[sysctl, --system]', 'sysctl'),
    'runcmd',
  ],
  ['with a key twice', `${right}packages: [npm]\n`, /unique/],
  ['that is longer than EC2 takes', `${right}#${'x'.repeat(16_384)}\n`, 'longer than'],
])('readCloudConfig() refuses a file %s', async ([, text, sentence]) => {
  await expect(readCloudConfig(await write(text))).rejects.toThrow(sentence);
});

test('readSettings() reads names and values, also of settings that may be missing', () => {
  expect([...readSettings('# why\nnet.core.somaxconn = 8192\n-a.b=1 2 3\n')]).toEqual([
    ['net.core.somaxconn', '8192'],
    ['a.b', '1 2 3'],
  ]);
  expect(() => readSettings('net.core.somaxconn: 8192')).toThrow('Cannot read setting');
});

test('readUnit() reads sections, and names that come more than once', () => {
  const unit = readUnit('[Unit]\nAfter=a\n# why\n[Service]\nEnvironment=A=1\nEnvironment=B=2\n');
  expect(unit.get('Unit')?.get('After')).toEqual(['a']);
  expect(unit.get('Service')?.get('Environment')).toEqual(['A=1', 'B=2']);
  expect(() => readUnit('After=a')).toThrow('Cannot read line "After=a"');
  expect(() => readUnit('[Service]\nRestart')).toThrow('Cannot read line "Restart"');
});
