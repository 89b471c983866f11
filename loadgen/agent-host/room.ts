/** What an agent says of its host before it is given anything to do. */
import type { Hello } from '../bus/index.ts';
import { readFacts } from '../doctor/index.ts';

/** Reads what this host grants to load processes now. */
export function readRoom(): Hello['room'] {
  const { cpus, model, memoryGB, memoryBytes, memoryRoomBytes, kernel, node, fdLimit, portRange, addresses } =
    readFacts();
  return {
    cpus,
    model,
    memoryGB,
    memoryBytes: Math.min(memoryBytes, memoryRoomBytes ?? Number.POSITIVE_INFINITY),
    kernel,
    node,
    fdLimit,
    portRange: [...portRange],
    addresses,
  };
}
