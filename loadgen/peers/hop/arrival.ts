/** How long a measure of publications waits for the last of them. */
import { ClusterError } from '../../../server/errors/index.ts';
import type { End } from './end.ts';

/** Pause between two looks, milliseconds. */
const LOOK_EVERY_MS = 5;
/** Where nothing has arrived for so long nothing will, milliseconds. */
const QUIET_MS = 5_000;

/**
 * Resolves when so many have arrived since the receiver was last told to listen, or not to.
 *
 * @throws ClusterError MEASUREMENT_FAILED when some are missing and no more arrive.
 */
export async function arrivalOf(
  wanted: number,
  receiver: Pick<End, 'ask'>,
  quietMs = QUIET_MS,
): Promise<void> {
  let latest = 0;
  let since = performance.now();
  for (;;) {
    const { received } = await receiver.ask({ type: 'tell' });
    if (received >= wanted) return;
    const now = performance.now();
    if (received > latest) [latest, since] = [received, now];
    if (now - since >= quietMs) throw missing(received, wanted, quietMs);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function missing(received: number, wanted: number, quietMs: number): ClusterError {
  return new ClusterError(
    `Cannot measure what a publication costs: ${received} of ${wanted} arrived and no more for ${quietMs / 1_000} s, wanted are all`,
    { code: 'MEASUREMENT_FAILED' },
  );
}
