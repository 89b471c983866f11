/**
 * What processors do that have nothing to do. Halted ones take time to come back, on virtual machines a visit to
 * the hypervisor: 0.1 to 0.3 ms were seen, which every message pays that finds its reader asleep.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Where the kernel takes wishes, microseconds in 32 bits, each as long as its file is open
 * (`Documentation/power/pm_qos_interface.rst`). `cyclictest` does the same.
 */
export const LATENCY_DEVICE = '/dev/cpu_dma_latency';

/** Idle processors look for work instead of halting. */
const NO_LATENCY = new Int32Array([0]);

/**
 * Keeps idle processors from halting until what it gives is called, or this process ends. Only root and members of the
 * device's group may: `undefined` where that is refused, or the kernel has no such device.
 */
export function keepProcessorsAwake(device = LATENCY_DEVICE): (() => void) | undefined {
  let wish: number;
  try {
    wish = openSync(device, 'r+');
  } catch {
    return undefined;
  }
  try {
    writeSync(wish, NO_LATENCY);
  } catch {
    closeSync(wish);
    return undefined;
  }
  return () => closeSync(wish);
}

/** Does some work while idle processors are kept from halting; the work is told whether they are. */
export async function whileAwake<Result>(work: (isAwake: boolean) => Promise<Result>): Promise<Result> {
  const end = keepProcessorsAwake();
  try {
    return await work(end !== undefined);
  } finally {
    end?.();
  }
}
