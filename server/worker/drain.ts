/** Sends clients away so that they come back to somebody else, not all at once. */

/** A client as it is seen here. */
interface Departing {
  close(name: 'goingAway'): void;
  terminate(): void;
}

/** Pause between two groups of clients, milliseconds. */
const STEP_MS = 50;

/**
 * Closes everyone with 1001, spread over half the time, and drops who is left after three quarters of it. Those
 * who come in meanwhile, as their connection was under way, are closed at once.
 *
 * @param present Tells who is there now.
 */
export async function drain(present: () => Departing[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs * 0.75;
  const sockets = present();
  const known = new Set(sockets);
  const steps = Math.min(sockets.length, Math.ceil(withinMs / STEP_MS / 2));
  for (let step = 0; step < steps; step += 1) {
    for (let index = step; index < sockets.length; index += steps) {
      sockets[index]?.close('goingAway');
    }
    await pause(step === steps - 1 ? 0 : STEP_MS);
    closeOthers(present(), known);
  }
  while (present().length > 0 && performance.now() < deadline) {
    closeOthers(present(), known);
    await pause(STEP_MS);
  }
  for (const socket of present()) {
    socket.terminate();
  }
}

function closeOthers(present: Departing[], known: Set<Departing>): void {
  for (const socket of present.filter((one) => !known.has(one))) {
    known.add(socket);
    socket.close('goingAway');
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
