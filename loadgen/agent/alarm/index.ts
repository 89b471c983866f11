/** Sleeping until something is due. */
export { type Alarm, type CreateAlarm, createThreadAlarm, createTimerAlarm } from './alarm.ts';
export { chooseAlarm, choosePrecedence } from './choose.ts';
