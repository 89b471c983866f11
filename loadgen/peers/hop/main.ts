/** A process at the worker's end of a link: it publishes when told to, or takes what others publish. */
import { connectBrokers } from '../../../server/broker/index.ts';
import { runChild } from '../../../server/process/index.ts';
import type { EndStart, Work } from './messages.ts';

const CHANNEL = 'hop';
/** As much in a publication as in the measurements the target of this figure comes from: 174 bytes of JSON. */
const FILLER = 'x'.repeat(100);
const TURN_MS = 1;

let broker: ReturnType<typeof connectBrokers> | undefined;
let received = 0;

const parent = runChild<EndStart>({
  async start({ path, secret, workerId }) {
    broker = connectBrokers({
      paths: [path],
      secret,
      workerId,
      deliver: () => {
        received += 1;
      },
    });
    // Answered when the link is up.
    await broker.subscribe(`warm-${workerId}`);
  },
  async stop() {
    await broker?.close();
  },
  message({ type, ...fields }) {
    if (type === 'publish') {
      void publish(fields as unknown as Work);
    } else if (type === 'listen') {
      void listen(fields['isListening'] === true);
    } else if (type === 'tell') {
      tell();
    }
  },
});

/** Publishes the same number in each of many turns of the loop, then tells. */
async function publish({ perTurn, turns }: Work): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    for (let index = 0; index < perTurn; index += 1) {
      const id = turn * perTurn + index;
      const publication = { event: '#publish', data: { channel: CHANNEL, data: { id, text: FILLER } } };
      broker?.transmit(CHANNEL, Buffer.from(JSON.stringify(publication)));
    }
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  tell();
}

async function listen(isListening: boolean): Promise<void> {
  received = 0;
  await (isListening ? broker?.subscribe(CHANNEL) : broker?.unsubscribe(CHANNEL));
  tell();
}

function tell(): void {
  const { user, system } = process.cpuUsage();
  parent.send({ type: 'told', cpuMicros: user + system, received });
}
