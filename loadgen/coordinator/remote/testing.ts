/** Test only: agents as they introduce themselves. */
import { type Hello, PROTOCOL } from '../../bus/index.ts';
import { toolVersion } from '../../host/index.ts';

/** An agent with two cores and plenty of everything else. */
export function helloOf(
  name: string,
  changes: Partial<Hello> = {},
  room: Partial<Hello['room']> = {},
): Hello {
  return {
    tool: toolVersion(),
    protocol: PROTOCOL,
    id: Buffer.from(name.padEnd(8, '.')).toString('hex').slice(0, 16),
    name,
    room: {
      cpus: 2,
      model: 'None',
      memoryGB: 16,
      memoryBytes: 16e9,
      kernel: '6',
      node: 'v20',
      fdLimit: 20_000,
      portRange: [32_768, 60_999],
      addresses: 1,
      ...room,
    },
    ...changes,
  };
}
