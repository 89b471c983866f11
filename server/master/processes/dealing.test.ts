import { expect, onTestFinished, test, vi } from 'vitest';
import { Evenness } from '../evenness.ts';
import { Relay } from '../roles/index.ts';
import { watchBalancers, watchWorkers } from './dealing.ts';

const receiver = (pid: number) => ({ pid, sendHandle: () => undefined });

test('watchWorkers() has workers dealt connections by what they say, for as long as they run', () => {
  const relay = new Relay(() => undefined);
  onTestFinished(() => relay.stop());
  const changed = vi.fn();
  const watcher = watchWorkers(new Evenness({ maxConnections: 100, changed }), relay);
  relay.add(receiver(10));
  watcher.started?.(1, 10);
  expect(relay.round().running).toEqual([{ id: 1, connections: 0, isFull: false }]);
  watcher.heard(1, { type: 'snapshot', snapshot: { connections: 7, accepted: 7 } });
  watcher.heard(1, { type: 'connections', connections: 100, isFull: true });
  expect(relay.round().running).toEqual([{ id: 1, connections: 7, isFull: true }]);
  expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ areAllFull: true }));
  watcher.ended?.(1, 10);
  expect(relay.round().running).toEqual([]);
});

test('watchBalancers() counts the clients that they deal', () => {
  const relay = new Relay(() => undefined);
  onTestFinished(() => relay.stop());
  relay.add(receiver(10));
  relay.open(0, 10);
  const watcher = watchBalancers(relay);
  watcher.heard(5, { type: 'dealt', worker: 0, isUpgrade: true });
  watcher.heard(5, { type: 'snapshot' });
  expect(relay.round().running).toMatchObject([{ id: 0, connections: 1 }]);
});

test('watchWorkers() keeps a worker that a new process took over when the old one ends', () => {
  const relay = new Relay(() => undefined);
  onTestFinished(() => relay.stop());
  const evenness = new Evenness({ maxConnections: 1_000, changed: () => undefined });
  const watcher = watchWorkers(evenness, relay);
  for (const pid of [10, 11]) {
    relay.add(receiver(pid));
    watcher.started?.(0, pid);
  }
  watcher.ended?.(0, 10);
  expect(relay.round().running).toHaveLength(1);
  expect(evenness.rule.most).toBe(256);
  watcher.ended?.(0, 11);
  expect(evenness.rule.most).toBe(1_000);
});
