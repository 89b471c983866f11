/** One block, window by window: disturbed pairs are measured again, in their own order. */
import type { Block, Entry, Mode, Window } from '../measurements/index.ts';
import { modes } from '../measurements/index.ts';
import type { Arm, BlockPlan } from '../schedule/index.ts';
import { type Guards, isWhole, pairsOf } from '../validity/index.ts';
import { ServerBrokeDown } from './server-broke-down.ts';

/** Which window is to be measured. */
export interface Place {
  readonly mode: Mode;
  readonly position: number;
  readonly arm: Arm;
  readonly attempt: number;
}

/** Two fresh servers, one of each build, warm and connected. */
export interface OpenBlock {
  /**
   * Loads one of the servers for one window. Windows are asked for one at a time.
   * @throws ServerBrokeDown when that server ended meanwhile.
   */
  measure(place: Place): Promise<Window>;
  /** Waits for a host that leaves the servers alone. Called before anything is measured again. */
  calm?(): Promise<void>;
  /** Gives the bytes of an idle connection in each build; absent where nobody asks for them. */
  memory?(): Promise<Record<Arm, number>>;
  /** Ends both servers. Called once, whatever happened before. */
  close(): Promise<void>;
}

/** Times a pair is measured before its block is given up. */
const MOST_ATTEMPTS = 3;

/**
 * Measures one block and ends its servers.
 *
 * The block that comes back is not whole when a pair stayed disturbed, or when a message was lost or a server ended,
 * while the block was opened or later: the job has its answer then.
 */
export async function measureBlock(
  opening: OpenBlock | Promise<OpenBlock>,
  { plan, attempt, guards }: { plan: BlockPlan; attempt: number; guards: Guards },
): Promise<Block> {
  const entries: Entry[] = [];
  const block = { index: plan.index, attempt, entries };
  let open: OpenBlock | undefined;
  try {
    open = await opening;
    if (attempt > 1) await open.calm?.();
    for (const mode of modes) {
      for (let position = 0; position < plan.windows.length; position += 2) {
        const goesOn = await measurePair(open, { plan, mode, position, entries, guards });
        if (!goesOn) return block;
      }
    }
    return open.memory === undefined ? block : { ...block, memory: await open.memory() };
  } catch (error) {
    if (!(error instanceof ServerBrokeDown)) throw error;
    return { ...block, breakdown: error.breakdown };
  } finally {
    await open?.close();
  }
}

/** Tells whether the block goes on: a pair that counts, and no message that went wrong. */
async function measurePair(
  open: OpenBlock,
  where: { plan: BlockPlan; mode: Mode; position: number; entries: Entry[]; guards: Guards },
): Promise<boolean> {
  const { plan, mode, position, entries, guards } = where;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await open.calm?.();
    const pair: Entry[] = [];
    for (const [offset, arm] of plan.windows.slice(position, position + 2).entries()) {
      const place = { mode, position: position + offset, arm, attempt };
      const entry = { ...place, window: await open.measure(place) };
      pair.push(entry);
      entries.push(entry);
      if (isBroken(entry.window)) return false;
    }
    const [judged] = pairsOf({ index: plan.index, attempt, entries: pair }, guards);
    if (judged !== undefined && isWhole(judged)) return true;
  }
  return false;
}

function isBroken({ messages }: Window): boolean {
  return messages.lost + messages.duplicated + messages.reordered > 0;
}
