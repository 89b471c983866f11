export { Heartbeat, type Pulse, ticks } from './heartbeat.ts';
