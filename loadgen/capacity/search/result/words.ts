/** Numbers in sentences. */

/** Words a load to four digits: "12,340 messages/s". */
export function wordLoad(load: number): string {
  return `${wordNumber(load)} messages/s`;
}

/** Words a number to four digits, thousands apart. */
export function wordNumber(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}
