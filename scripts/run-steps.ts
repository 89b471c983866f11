/** Runs independent steps a few at a time, tells how long each took, and lets none of them hide behind another. */

/** A named piece of work. It returns the problems it found, as text for a person; none means all is well. */
export interface Step {
  name: string;
  run: () => Promise<string[]>;
}

/** How one step ended. */
export interface StepResult {
  name: string;
  seconds: number;
  problems: string[];
}

/**
 * Runs every step, `atOnce` of them at a time, and reports each one when it ends. A step that throws
 * has a problem like any other: the rest still runs.
 */
export async function runSteps(
  steps: Step[],
  { atOnce, report }: { atOnce: number; report: (result: StepResult) => void },
): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** Formats a result as one line, followed by the problems. */
export function formatResult({ name, seconds, problems }: StepResult): string {
  const mark = problems.length === 0 ? 'ok  ' : 'FAIL';
  return [`${mark} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(5)} s`, ...problems].join('\n');
}

async function runStep({ name, run }: Step): Promise<StepResult> {
  const start = performance.now();
  const problems = await run().catch((error: unknown) => [
    error instanceof Error ? error.message : String(error),
  ]);
  return { name, seconds: (performance.now() - start) / 1_000, problems };
}
