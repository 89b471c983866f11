/** The host that a plan was measured on. */
import type { PlanDocument } from '../../../reports/plan/index.ts';
import { readFacts } from '../../doctor/index.ts';
import { readKernel } from '../../host/index.ts';

/** Reads it. */
export function hostPart(): PlanDocument['machine'] {
  const { cpus, kernel, memoryBytes, model, node } = readFacts();
  return { processor: model, cores: cpus, memoryBytes, node, kernel };
}

/** Whether two of its processors share a core; false where the kernel does not say. */
export function sharesCore(): boolean {
  return readKernel('/sys/devices/system/cpu/smt/active').trim() === '1';
}
