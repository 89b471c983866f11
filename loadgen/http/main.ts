/**
 * Entry of the process that makes HTTP requests. Its parent sends the order with `start`, fixes the common start
 * with `go` and gets one record. `stop` ends the requests early and still tells what came of them.
 */
import { runChild } from '../../server/process/index.ts';
import type { HttpOrder, HttpReport } from './messages.ts';
import { makeRequests, type Requests } from './requests.ts';

const MILLISECONDS = 1_000;

let order: HttpOrder | undefined;
let timer: NodeJS.Timeout | undefined;
let requests: Requests | undefined;

const parent = runChild<HttpOrder>({
  start(given) {
    order = given;
    return Promise.resolve({});
  },

  async stop() {
    clearTimeout(timer);
    requests?.stop();
    await requests?.done;
  },

  message({ type, at }) {
    if (type !== 'go' || order === undefined) return;
    const begins = Number(at) + order.start * MILLISECONDS;
    timer = setTimeout(begin, begins - Date.now(), order);
  },
});

function begin(given: HttpOrder): void {
  requests = makeRequests(given);
  void requests.done.then((record) => {
    const report: HttpReport = { type: 'http', record };
    parent.send({ ...report });
  });
}
