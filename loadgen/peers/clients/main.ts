/** Entry of the process of a client that is driven by a plain loop. */
import { runChild } from '../../../server/process/index.ts';
import { loadDriver } from '../../drivers/index.ts';
import type { ClientName, ClientStart } from './client-start.ts';
import { PlainLoop } from './plain-loop.ts';
import {
  type CreateSpeaker,
  createOfficialSpeaker,
  createTextSpeaker,
  createWsSpeaker,
  speakBy,
} from './speakers/index.ts';

/** How to speak, by the name of the client. */
const speakers: Record<ClientName, () => Promise<CreateSpeaker>> = {
  driver: async () => speakBy(await loadDriver('socketcluster')),
  ws: () => Promise.resolve(createWsSpeaker),
  'ws-text': () => Promise.resolve(createTextSpeaker),
  'socketcluster-client': () => Promise.resolve(createOfficialSpeaker),
};

let loop: PlainLoop | undefined;

const parent = runChild<ClientStart>({
  async start({ name, share }) {
    const createSpeaker = await speakers[name]();
    loop = new PlainLoop(share, createSpeaker, (tally) => parent.send({ type: 'tally', tally }));
  },
  message(message) {
    if (message.type === 'go') loop?.go(Number(message['at']));
  },
  stop: () => Promise.resolve(),
});
