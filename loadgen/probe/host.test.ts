import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { createHostMeter } from './host.ts';

/** Lines as /proc/stat has them: user nice system idle iowait irq softirq steal guest guest_nice. */
function meter(...lines: string[]) {
  return createHostMeter(() => `${lines.shift() ?? ''}\ncpu0 1 1 1 1 1 1 1 1 0 0\n`);
}

test('createHostMeter() tells the shares of the time since its previous call', () => {
  const read = meter(
    'cpu  100 0 100 800 0 0 0 0 0 0',
    'cpu  130 0 110 850 0 0 0 10 0 0',
    'cpu  130 0 110 950 0 0 0 10 0 0',
  );
  expect(read()).toMatchObject({ stealPercent: 10, busyPercent: 50, processPercent: 40 });
  expect(read()).toMatchObject({ stealPercent: 0, busyPercent: 0, processPercent: 0 });
});

test('createHostMeter() counts waiting for disks as idle, and guests once', () => {
  const read = meter('cpu  0 0 0 0 0 0 0 0 0 0', 'cpu  60 0 0 20 20 0 0 0 60 0');
  expect(read()).toMatchObject({ busyPercent: 60, stealPercent: 0 });
});

test('createHostMeter() tells zeros when no time has passed or nothing can be read', () => {
  const same = 'cpu  100 0 100 800 0 0 0 0 0 0';
  expect(meter(same, same)()).toMatchObject({ stealPercent: 0, busyPercent: 0 });
  expect(meter('', '')()).toMatchObject({ stealPercent: 0, busyPercent: 0 });
});

test('createHostMeter() reads this host by itself', () => {
  const { busyPercent, stealPercent, memoryFreeBytes } = createHostMeter()();
  for (const share of [busyPercent, stealPercent]) {
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(100);
  }
  expect(memoryFreeBytes).toBeGreaterThan(0);
  expect(memoryFreeBytes).toBeLessThan(totalmem());
});
