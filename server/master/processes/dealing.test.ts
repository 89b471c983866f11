import { expect, onTestFinished, test, vi } from 'vitest';
import { Evenness } from '../evenness.ts';
import { Relay } from '../roles/index.ts';
import { watchBalancers, watchWorkers } from './dealing.ts';

test('watchWorkers() has workers dealt connections by what they say, for as long as they run', () => {
  const relay = new Relay(() => undefined);
  onTestFinished(() => relay.stop());
  const changed = vi.fn();
  const watcher = watchWorkers(new Evenness({ maxConnections: 100, changed }), relay);
  watcher.started?.(1);
  expect(relay.round().running).toEqual([{ id: 1, connections: 0, isFull: false }]);
  watcher.heard(1, { type: 'snapshot', snapshot: { connections: 7 } });
  watcher.heard(1, { type: 'connections', connections: 100, isFull: true });
  expect(relay.round().running).toEqual([{ id: 1, connections: 7, isFull: true }]);
  expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ areAllFull: true }));
  watcher.ended?.(1);
  expect(relay.round().running).toEqual([]);
});

test('watchBalancers() counts the clients that they deal', () => {
  const relay = new Relay(() => undefined);
  onTestFinished(() => relay.stop());
  relay.open(0);
  const watcher = watchBalancers(relay);
  watcher.heard(5, { type: 'dealt', worker: 0, isUpgrade: true });
  watcher.heard(5, { type: 'snapshot' });
  expect(relay.round().running).toMatchObject([{ id: 0, connections: 1 }]);
});
