/** Reads the types that come with the program. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ClusterError } from '../../../server/errors/index.ts';
import { readColumns } from './columns.ts';
import { ec2 } from './ec2-2026-07-20.ts';
import type { Instance, Snapshot } from './instance.ts';

const GIBIBYTE = 1_073_741_824;
const MEGABIT = 1_000_000;

/** A snapshot as it is kept: text, and what its bytes must add up to. */
export interface StoredSnapshot {
  readonly date: string;
  readonly source: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly checksum: string;
  readonly text: string;
}

const positive = z.coerce.number().positive();

const rowSchema = z.object({
  type: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
  vcpus: z.coerce.number().int().positive(),
  memoryGiB: positive,
  processor: z.string().min(1),
  threads: z.enum(['1', '2']),
  hourly: positive,
  network: z.union([z.literal(''), positive]),
  sustained: positive.max(1),
});

/**
 * Reads a snapshot: the one that comes with the program unless another is given.
 * @throws ClusterError `RECORD_INVALID` when its bytes do not add up, or naming the first line that describes no type.
 */
export function readSnapshot({ date, source, checksum, text }: StoredSnapshot = ec2): Snapshot {
  const found = createHash('sha256').update(text).digest('hex');
  if (found !== checksum) {
    throw invalid(`the types of ${date}`, `its checksum is ${found}, wanted ${checksum}`);
  }
  const instances = readColumns(text).lines.map(({ number, cells }): Instance => {
    const row = rowSchema.safeParse(cells);
    if (row.success) return toInstance(row.data);
    const [issue] = row.error.issues;
    throw invalid(
      `line ${number} of the types of ${date}`,
      `"${issue?.path.join('.')}" is "${cells[String(issue?.path[0])] ?? ''}"`,
      row.error,
    );
  });
  return { date, source, instances };
}

function toInstance(row: z.infer<typeof rowSchema>): Instance {
  const { type, vcpus, memoryGiB, processor, threads, hourly, network, sustained } = row;
  return {
    type,
    family: type.split('.')[0] ?? type,
    vcpus,
    memoryBytes: memoryGiB * GIBIBYTE,
    processor,
    sharesCore: threads === '2',
    hourly,
    pricedBy: 'snapshot',
    ...(network === '' ? {} : { network: network * MEGABIT }),
    sustained,
  };
}

function invalid(what: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot read ${what}: ${why}`, { code: 'RECORD_INVALID', cause });
}
