/** Lengths of time and rates as people write them. */
import { ClusterError } from '../../../server/errors/index.ts';

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600 } as const;

const DURATION = /^(?<number>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)?$/;
const RATE = /^(?<number>\d+(?:\.\d+)?)(?:\/s)?$/;

/**
 * Reads a length of time into seconds: `1500ms`, `20s`, `5m`, `1h`, or bare seconds.
 * @param option - its name, for the message.
 * @throws ClusterError `OPTION_INVALID`
 */
export function parseDuration(option: string, text: string): number {
  const { number, unit } = DURATION.exec(text.trim())?.groups ?? {};
  if (number === undefined) throw unreadable(option, text, 'a time such as 20s, 5m, 1h or 1500ms');
  return Number(number) * SECONDS[(unit ?? 's') as keyof typeof SECONDS];
}

/**
 * Reads a rate into things per second: `2000` or `2000/s`.
 * @param option - its name, for the message.
 * @throws ClusterError `OPTION_INVALID`
 */
export function parseRate(option: string, text: string): number {
  const { number } = RATE.exec(text.trim())?.groups ?? {};
  if (number === undefined) throw unreadable(option, text, 'a rate such as 2000 or 2000/s');
  return Number(number);
}

function unreadable(option: string, text: string, wanted: string): ClusterError {
  return new ClusterError(`Cannot read "${option}": current value is "${text}", wanted ${wanted}`, {
    code: 'OPTION_INVALID',
  });
}
