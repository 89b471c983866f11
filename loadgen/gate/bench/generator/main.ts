/** Entry of the load generator: one process for the clients of both builds, so that it treats them alike. */
import { runChild } from '../../../../server/process/index.ts';
import { takePrecedence } from '../../../host/index.ts';
import { Crowd } from './crowd.ts';
import { Ticker } from './loads.ts';
import { measureLoad } from './measure.ts';
import type { GeneratorStart, Order } from './messages.ts';

const crowds = new Map<string, Crowd>();
const ticker = new Ticker();
let start: GeneratorStart | undefined;

const parent = runChild<GeneratorStart>({
  async start(options) {
    start = options;
    return { precedence: takePrecedence('high') };
  },
  async stop() {
    ticker.close();
    await Promise.all([...crowds.values()].map((crowd) => crowd.close()));
  },
  message({ type, order }) {
    if (type === 'order' && start !== undefined) void answer(start, order as Order);
  },
});

async function answer(options: GeneratorStart, order: Order): Promise<void> {
  try {
    parent.send({ type: 'done', result: await obey(options, order) });
  } catch (error) {
    parent.send({ type: 'refused', message: error instanceof Error ? error.message : String(error) });
  }
}

async function obey({ scenario, patienceSeconds }: GeneratorStart, order: Order): Promise<unknown> {
  if (order.do === 'connect') {
    crowds.set(order.crowd, await Crowd.connect(order, scenario));
    return null;
  }
  const crowd = crowds.get(order.crowd);
  if (crowd === undefined) throw new Error(`Cannot ${order.do} "${order.crowd}": it is not connected`);
  if (order.do === 'load') return measureLoad(crowd, { scenario, patienceSeconds, ticker, ...order });
  crowds.delete(order.crowd);
  return crowd.close();
}
