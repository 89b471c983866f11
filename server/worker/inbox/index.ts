export { Inbox } from './inbox.ts';
export { Order } from './order.ts';
