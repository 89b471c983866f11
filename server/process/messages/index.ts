/** Door of `messages`: what the application sends between the master and the other processes. */
export { type Answered, Messenger, type Respond, refuseMessage } from './messenger.ts';
