/** Door of `speakers`: how the users of a plain loop speak. */
export { speakBy } from './driver-speaker.ts';
export { createOfficialSpeaker } from './official-speaker.ts';
export { type CreateSpeaker, type Heard, PING, QUESTION, type Speaker } from './speaker.ts';
export { createTextSpeaker, createWsSpeaker } from './ws-speaker.ts';
