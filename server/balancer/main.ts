/** Entry of a balancer process, started by the master. */
import { createSnapshots } from '../observe/index.ts';
import { postHandle } from '../process/handover/index.ts';
import { runChild } from '../process/index.ts';
import { Balancer, type BalancerStart, type Round } from './balancer.ts';

let balancer: Balancer | undefined;
let takeSnapshot: (() => unknown) | undefined;

const parent = runChild<BalancerStart>({
  async start(start) {
    const started = new Balancer(start, {
      tell: (message) => parent.send(message),
      handOver: (message, connection, settled) => postHandle(process, message, connection, settled),
    });
    balancer = started;
    await started.start();
    takeSnapshot = createSnapshots('balancer', start.id, () => started.figures());
  },
  snapshot: () => takeSnapshot?.(),
  async stop(withinMs) {
    await balancer?.stop(withinMs);
  },
  message({ type, running }) {
    if (type === 'workers') {
      balancer?.update({ running: running as Round['running'] });
    } else if (type === 'closePort') {
      balancer?.closePort();
    }
  },
});
