/** The brokers: ready before anything that connects to them is started, and stopped after it. */
import type { Supervised } from '../../process/index.ts';
import { allReady, stopAll, TERM_MS } from '../group.ts';
import type { Lifetime } from '../lifetime.ts';
import { howToRunBroker, type Setting } from '../roles/index.ts';
import type { Processes } from './processes.ts';

/** Starts all brokers, and resolves with them, by their numbers, when they are ready. */
export async function startBrokers(
  setting: Setting,
  processes: Pick<Processes, 'supervise'>,
  lifetime: Lifetime,
): Promise<readonly Supervised[]> {
  const brokers = setting.plan.brokerPaths.map((_, id) =>
    processes.supervise('broker', id, howToRunBroker(setting, id)),
  );
  await lifetime.closeAtEnd('brokers', () => stopAll(brokers, TERM_MS));
  await allReady(brokers);
  lifetime.goOn();
  return brokers;
}
