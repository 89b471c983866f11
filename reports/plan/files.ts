/** Writes what people and programs read of a plan. */
import { buildPlanPage } from '../page/index.ts';
import { writeAll } from '../write-files.ts';
import type { PlanDocument } from './document/index.ts';
import { formatPlanMarkdown } from './markdown.ts';

/** What is made of a plan, by the names of the files; nothing where the plan holds none of it. */
const reports: Record<string, (document: PlanDocument) => string | undefined> = {
  'plan.html': buildPlanPage,
  'plan.json': (document) => `${JSON.stringify(document, null, 2)}\n`,
  'plan.md': formatPlanMarkdown,
  'plan.csv': ({ tables }) => tables?.csv,
};

/** Names of the reports on a plan, the page first; `plan.csv` holds fleets, and is there when they are. */
export const planReportNames: readonly string[] = Object.keys(reports);

/**
 * Writes all reports on a plan into a folder, which is made if need be. Files of an earlier plan are overwritten.
 *
 * @returns The paths written, the page first.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to, RESULTS_UNWRITTEN when there is no room for
 *   some of them; the others are written.
 */
export async function writePlanReports(folder: string, document: PlanDocument): Promise<string[]> {
  const contents = Object.entries(reports).flatMap(([name, make]) => {
    const text = make(document);
    return text === undefined ? [] : [[name, text] as const];
  });
  return writeAll(folder, Object.fromEntries(contents));
}
