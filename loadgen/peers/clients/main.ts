/** Entry of the process of a client that is driven by a plain loop. */
import { runChild } from '../../../server/process/index.ts';
import type { ClientStart } from './client-start.ts';
import { createOfficialSpeaker } from './official-speaker.ts';
import { PlainLoop } from './plain-loop.ts';
import { createTextSpeaker, createWsSpeaker } from './ws-speaker.ts';

const speakers = {
  ws: createWsSpeaker,
  'ws-text': createTextSpeaker,
  'socketcluster-client': createOfficialSpeaker,
} as const;

let loop: PlainLoop | undefined;

const parent = runChild<ClientStart>({
  async start({ name, share }) {
    loop = new PlainLoop(share, speakers[name], (tally) => parent.send({ type: 'tally', tally }));
  },
  message(message) {
    if (message.type === 'go') loop?.go(Number(message['at']));
  },
  stop: () => Promise.resolve(),
});
