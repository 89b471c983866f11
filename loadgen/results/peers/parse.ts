/** Reads a comparison that was written before. */
import { ClusterError } from '../../../server/errors/index.ts';
import { comparisonSchema, type PeerComparison } from './comparison.ts';

/**
 * Reads the text of a `peers.json`.
 *
 * @param name What errors call it. Default `peers.json`.
 * @throws ClusterError RECORD_INVALID when it is none, is of another version, or has a field that is not what it should be.
 */
export function parsePeers(text: string, { name = 'peers.json' }: { name?: string } = {}): PeerComparison {
  const checked = comparisonSchema.safeParse(parseJson(text, name));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw invalid(name, path === '' ? 'it is no object' : `"${path}" is not what it should be`, checked.error);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(name, 'it is no JSON, or was cut short', cause);
  }
}

function invalid(name: string, why: string, cause: unknown): ClusterError {
  const wanted = 'wanted a whole file that "scbench peers" of this version wrote';
  return new ClusterError(`Cannot read comparison "${name}": ${why}, ${wanted}`, {
    code: 'RECORD_INVALID',
    cause,
  });
}
