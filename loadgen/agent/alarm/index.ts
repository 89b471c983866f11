/** Sleeping until something is due. */
export {
  type Alarm,
  type CreateAlarm,
  createThreadAlarm,
  createTimerAlarm,
  SHORTEST_TIMER_MS,
} from './alarm.ts';
export { chooseAlarm, choosePrecedence } from './choose.ts';
