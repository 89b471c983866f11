/** A core for the processes of a server and another for this process, where the machine has two. */
import { chooseCores, pin } from '../../gate/bench/machine/index.ts';
import { readKernel } from '../../host/index.ts';

/**
 * Keeps this process away from a server's. Where it may not use two cores, or move others, nothing happens.
 *
 * @returns Lets this process use all its cores again; the server's stay where they are.
 */
export function keepApart(pids: readonly number[]): () => void {
  const { server, generator } = chooseCores();
  const [, before] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readKernel('/proc/self/status')) ?? [];
  for (const pid of pids) pin(pid, server);
  pin(process.pid, generator);
  return () => pin(process.pid, generator === undefined ? undefined : before);
}
