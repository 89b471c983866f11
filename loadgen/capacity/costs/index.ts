/** Door of `costs`: what one user, one message and one socket cost a process. */
export { busiestShare } from './skew.ts';
