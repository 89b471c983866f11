/** Door of `messages`: what the application sends between the master and the other processes. */
export { type Answered, Messenger, refuseMessage } from './messenger.ts';
