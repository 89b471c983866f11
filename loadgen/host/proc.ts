/** Files of the kernel. They are made when they are read, so that reading them waits for no disk. */
import { readFileSync } from 'node:fs';

/** Reads a file of /proc or /sys; nothing where the kernel has no such file. */
export function readKernel(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Reads a file that holds one number, undefined where there is none. */
export function readNumber(path: string): number | undefined {
  const text = readKernel(path).trim();
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * Finds a figure in the text of /proc/net/snmp or /proc/net/netstat: each protocol has a line of names and,
 * below it, a line of values. 0 where it has no such figure.
 */
export function figureIn(text: string, protocol: string, name: string): number {
  const [names, values] = text
    .split('\n')
    .filter((line) => line.startsWith(`${protocol}: `))
    .map((line) => line.split(' '));
  return Number(values?.[names?.indexOf(name) ?? -1] ?? 0);
}
