import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readSnapshot } from './snapshot.ts';

const { instances, date } = readSnapshot();
const byType = new Map(instances.map((instance) => [instance.type, instance]));

function stored(text: string) {
  const checksum = createHash('sha256').update(text).digest('hex');
  return { date: '2026-01-01', source: 'a test', checksum, text };
}

test('readSnapshot() has every type of the table of 2026-07-20', () => {
  expect(date).toBe('2026-07-20');
  expect(instances).toHaveLength(88);
  expect(new Set(instances.map(({ type }) => type)).size).toBe(88);
});

test.each([
  ['c7i.large', { hourly: 0.08925, vcpus: 2, network: 781e6, sharesCore: true, processor: 'intel-7' }],
  ['c8i-flex.2xlarge', { hourly: 0.35608, vcpus: 8, network: 1_875e6, sharesCore: true }],
  ['c8a.4xlarge', { hourly: 0.86216, vcpus: 16, network: 7_500e6, sharesCore: false }],
  ['c7g.medium', { hourly: 0.0363, vcpus: 1, network: 520e6, processor: 'graviton3' }],
  ['c8g.48xlarge', { hourly: 7.65696, vcpus: 192, sharesCore: false, processor: 'graviton4' }],
  ['c9g.16xlarge', { hourly: 2.78208, vcpus: 64, processor: 'graviton5' }],
  ['c8gn.2xlarge', { hourly: 0.474, network: 25_000e6 }],
  ['m7i.8xlarge', { hourly: 1.6128, vcpus: 32, network: 12_500e6, memoryBytes: 128 * 1_073_741_824 }],
  ['m9g.xlarge', { hourly: 0.19568, memoryBytes: 16 * 1_073_741_824 }],
  ['t4g.large', { hourly: 0.0672, sustained: 0.3 }],
  ['c3.8xlarge', { hourly: 1.68, vcpus: 32 }],
])('readSnapshot() has %s as the table has it', (type, wanted) => {
  expect(byType.get(type)).toMatchObject({ pricedBy: 'snapshot', ...wanted });
});

test('readSnapshot() gives compute types 2 GiB a vCPU and general types 4', () => {
  for (const { family, memoryBytes, vcpus } of instances) {
    if (!/^[cm][6-9]/.test(family)) continue;
    expect(memoryBytes / vcpus / 1_073_741_824).toBe(family.startsWith('c') ? 2 : 4);
  }
});

test('readSnapshot() knows no bandwidth of a type whose maker says "high" only', () => {
  expect(byType.get('m3.2xlarge')).not.toHaveProperty('network');
});

test('readSnapshot() refuses a text that was changed', () => {
  const snapshot = stored('type,vcpus\n');
  expect(() => readSnapshot({ ...snapshot, text: 'type,vcpus \n' })).toThrow(
    `Cannot read the types of 2026-01-01: its checksum is `,
  );
});

test('readSnapshot() names the line that describes no type, and what is wrong with it', () => {
  const head = 'type,vcpus,memoryGiB,processor,threads,hourly,network,sustained\n';
  const good = 'c7i.large,2,4,intel-7,2,0.08925,781,1\n';
  expect(readSnapshot(stored(head + good)).instances).toHaveLength(1);
  expect(() => readSnapshot(stored(`${head}${good}c7i.xlarge,4,8,intel-7,2,free,781,1`))).toThrow(
    'Cannot read line 3 of the types of 2026-01-01: "hourly" is "free"',
  );
});
