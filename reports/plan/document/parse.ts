/** Reads a plan that was written before. */
import { ClusterError } from '../../../server/errors/index.ts';
import { PLAN_VERSION, type PlanDocument, planSchema } from './schema.ts';

/** Fields by which a plan is told from other JSON. */
const TELLING = ['version', 'profile', 'slo', 'sizes'];

/**
 * Reads the text of a `plan.json`.
 * @param name What errors call it. Default `plan.json`.
 * @throws ClusterError `RECORD_INVALID` when the text is cut short, is no plan, is of a newer version, or has a field that
 *   is not what it should be, which is named.
 */
export function parsePlan(text: string, { name = 'plan.json' }: { name?: string } = {}): PlanDocument {
  const value = parseJson(text, name);
  if (!isObject(value) || TELLING.some((field) => !(field in value)))
    throw invalid(name, `it is ${kindOf(value)}, wanted a file that "scbench plan" wrote`);
  const { version } = value;
  if (typeof version === 'number' && version > PLAN_VERSION)
    throw invalid(name, `its version is ${version}, wanted ${PLAN_VERSION} or older`);
  const checked = planSchema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw invalid(name, `"${path}" is not what it should be: ${issue?.message ?? 'unknown'}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const begins = text.trimStart().startsWith('{');
    const found = begins ? 'it begins as a plan and breaks off or is damaged' : 'it is no JSON';
    throw invalid(name, `${found}, wanted a whole file that "scbench plan" wrote`, cause);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (!isObject(value)) return Array.isArray(value) ? 'a list' : `the value ${JSON.stringify(value)}`;
  const missing = TELLING.filter((field) => !(field in value)).map((field) => `"${field}"`);
  return `an object without ${missing.join(', ')}`;
}

function invalid(name: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot read plan "${name}": ${why}`, {
    code: 'RECORD_INVALID',
    ...(cause !== undefined && { cause }),
  });
}
