import { expect, test } from 'vitest';
import { probeHost, waitForCalm } from './calm.ts';

/** Gives these shares one after the other, and counts how often it was asked. */
function probing(...shares: number[]) {
  const probe = async () => {
    asked.count += 1;
    return shares[Math.min(asked.count, shares.length) - 1] ?? 0;
  };
  const asked = { probe, count: 0 };
  return asked;
}

test('waitForCalm() looks once at a calm host', async () => {
  const host = probing(0.01);
  await waitForCalm({ probe: host.probe });
  expect(host.count).toBe(1);
});

test('waitForCalm() looks again until nobody takes the core away', async () => {
  const host = probing(0.3, 0.021, 0.02, 0);
  await waitForCalm({ probe: host.probe, pauseMs: 0 });
  expect(host.count).toBe(3);
});

test('waitForCalm() waits no longer than there is time, nor for ever', async () => {
  const short = probing(1);
  await waitForCalm({ probe: short.probe, pauseMs: 0, mayWait: () => short.count < 2 });
  expect(short.count).toBe(2);
  const late = probing(1);
  await waitForCalm({ probe: late.probe, mayWait: () => false });
  expect(late.count).toBe(0);
  const endless = probing(1);
  await waitForCalm({ probe: endless.probe, pauseMs: 0 });
  expect(endless.count).toBe(60);
});

test('probeHost() gives a share of the time in which it worked', async () => {
  const cpu = process.cpuUsage();
  const share = await probeHost();
  const { system, user } = process.cpuUsage(cpu);
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThanOrEqual(1);
  expect(user + system).toBeGreaterThan(500_000 * (1 - share) * 0.9);
});
