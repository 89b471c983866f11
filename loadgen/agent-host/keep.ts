/** What load processes told, as this host saw it: an account that does not depend on the way to the coordinator. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../../server/process/index.ts';
import { cannotWrite } from '../results/index.ts';

/** Takes what a load process told. */
export type Keep = (process: number, message: Message) => void;

/**
 * Makes what appends windows and totals of each load process to its own file in a folder: one JSON object a line. When
 * that cannot be done it is said once, and nothing more is kept: the run itself does not depend on it.
 */
export function keepIn(folder: string, line: string, say: (text: string) => void): Keep {
  let isLost = false;
  return (process, message) => {
    if (isLost || (message.type !== 'window' && message.type !== 'totals')) return;
    const file = join(folder, `${line}-${process}.jsonl`);
    try {
      appendFileSync(file, `${JSON.stringify(message)}\n`);
    } catch (error) {
      isLost = true;
      const wanted = 'a folder that can be written to';
      say(cannotWrite(`"${file}"`, error, { wanted, besides: 'the run goes on' }).message);
    }
  };
}
