/** The kernel's table of a process's descriptors. */
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * Lets the table grow to so many descriptors now, in which it stays. It doubles whenever it is full, and a process with
 * several threads stands still meanwhile, for ten milliseconds: not when users come. A limit of the host ends it.
 */
export function growDescriptorTable(count: number): void {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'));
  } catch {
    // What the host does not grant is told where it matters, by who cannot connect.
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
