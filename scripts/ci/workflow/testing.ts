/** What a build server makes of a workflow: its shape, its expressions, and its steps in their order. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.string();
const texts = z.record(text, text);

/** The keys that the documentation of GitHub names, as far as they are of use here: any other is a slip. */
const stepSchema = z
  .strictObject({
    id: text.optional(),
    name: text.optional(),
    if: text.optional(),
    uses: z
      .string()
      .regex(/^(\.\/scripts\/ci|actions\/[a-z/-]+@v\d+)$/)
      .optional(),
    run: text.optional(),
    shell: z.literal('bash').optional(),
    env: texts.optional(),
    with: texts.optional(),
    'continue-on-error': z.boolean().optional(),
  })
  .refine((step) => (step.uses === undefined) !== (step.run === undefined), 'wanted is uses or run');

const jobSchema = z.strictObject({
  needs: z.union([text, z.array(text)]).optional(),
  if: text.optional(),
  'runs-on': text,
  container: z.union([text, z.strictObject({ image: text, options: text.optional() })]).optional(),
  'timeout-minutes': z.int().positive().optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.record(text, z.array(z.unknown())) })
    .optional(),
  outputs: texts.optional(),
  steps: z.array(stepSchema).min(1),
});

const events = ['push', 'pull_request', 'schedule', 'workflow_dispatch'] as const;
const workflowSchema = z.strictObject({
  name: text,
  on: z.union([z.array(z.enum(events)), z.partialRecord(z.enum(events), z.unknown())]),
  permissions: z.record(text, z.enum(['read', 'write', 'none'])).optional(),
  concurrency: z.strictObject({ group: text, 'cancel-in-progress': z.union([z.boolean(), text]) }).optional(),
  env: texts.optional(),
  jobs: z.record(text, jobSchema),
});

const actionSchema = z.strictObject({
  name: text,
  description: text,
  inputs: z.record(
    text,
    z.strictObject({ description: text, required: z.boolean().optional(), default: text.optional() }),
  ),
  outputs: z.record(text, z.strictObject({ description: text, value: text })),
  // The steps of an action have no default shell.
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      stepSchema.refine(({ run, shell }) => run === undefined || shell !== undefined, 'no shell'),
    ),
  }),
});

/** One step of a job or of an action. */
export type Step = z.infer<typeof stepSchema>;
export type Workflow = z.infer<typeof workflowSchema>;
export type Action = z.infer<typeof actionSchema>;
type Job = z.infer<typeof jobSchema>;
type Contexts = Record<string, unknown>;
type Outputs = Record<string, string>;

/** Reads a workflow. @throws ZodError naming each key that GitHub does not know. */
export function readWorkflow(file: string): Workflow {
  return workflowSchema.parse(parse(readFileSync(file, 'utf8')));
}

/** Reads a composite action. @throws ZodError naming each key that GitHub does not know. */
export function readAction(file: string): Action {
  return actionSchema.parse(parse(readFileSync(file, 'utf8')));
}

/** What a condition or an insertion says, in the contexts it stands in. */
export function evaluate(expression: string, contexts: Contexts, hasFailed = false): unknown {
  // What is missing is an empty text, and names may have hyphens.
  const script = expression.replaceAll(/\b([a-z]+)((?:\.[\w-]+)+)/g, (_, context: string, path: string) => {
    const names = path.slice(1).split('.');
    return `(${[context, ...names.map((name) => `["${name}"]`)].join('?.')} ?? '')`;
  });
  const status = { always: () => true, success: () => !hasFailed, failure: () => hasFailed };
  return runInNewContext(script, { ...status, ...contexts });
}

/** Puts in what expressions say. */
export function fill(template: string, contexts: Contexts): string {
  return template.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const value = evaluate(expression, contexts);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function fillAll(templates: Outputs = {}, contexts: Contexts): Outputs {
  return Object.fromEntries(Object.entries(templates).map(([name, value]) => [name, fill(value, contexts)]));
}

/** How one job ended. */
export interface JobEnd {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Outputs;
}

/** What a runner gives its jobs. */
export interface Runner {
  readonly folder: string;
  readonly github: Contexts;
  readonly environment: Outputs;
  readonly action: Action;
  /** Does what a first-party action does, in the folder of the job. */
  use(uses: string, inputs: Outputs, workspace: string): Promise<void>;
  /** Everything that steps wrote. */
  log: string;
}

/** Runs all jobs of a workflow, each in a folder of its own. */
export async function runWorkflow(
  { jobs, env = {} }: Workflow,
  runner: Runner,
): Promise<Record<string, JobEnd>> {
  const ends: Record<string, JobEnd> = {};
  for (const [name, job] of Object.entries(jobs)) {
    const needs = Object.fromEntries([job.needs ?? []].flat().map((need) => [need, ends[need]]));
    const contexts = { github: runner.github, env, needs };
    const hasFailed = Object.values(needs).some((end) => end?.result !== 'success');
    const condition = job.if ?? 'success()';
    const mayRun = condition.includes('always()') || !hasFailed;
    ends[name] =
      mayRun && evaluate(condition, contexts, hasFailed) === true
        ? await runJob(job, contexts, runner)
        : { result: 'skipped', outputs: {} };
  }
  return ends;
}

async function runJob(job: Job, contexts: Contexts, runner: Runner): Promise<JobEnd> {
  const workspace = mkdtempSync(join(runner.folder, 'job-'));
  const { steps, hasFailed } = await runSteps(job.steps, contexts, { runner, workspace });
  return { result: hasFailed ? 'failure' : 'success', outputs: fillAll(job.outputs, { ...contexts, steps }) };
}

interface Place {
  readonly runner: Runner;
  readonly workspace: string;
}

interface StepsEnd {
  readonly steps: Record<string, { outputs: Outputs }>;
  readonly hasFailed: boolean;
}

async function runSteps(list: readonly Step[], contexts: Contexts, place: Place): Promise<StepsEnd> {
  const steps: StepsEnd['steps'] = {};
  let hasFailed = false;
  for (const step of list) {
    const inStep = { ...contexts, steps };
    const condition = step.if ?? 'success()';
    if (hasFailed && !condition.includes('always()')) continue;
    if (evaluate(condition, inStep, hasFailed) !== true) continue;
    const end = await runStep(step, inStep, place);
    if (step.id !== undefined) steps[step.id] = { outputs: end.outputs };
    hasFailed ||= !end.ok && step['continue-on-error'] !== true;
  }
  return { steps, hasFailed };
}

async function runStep(
  step: Step,
  contexts: Contexts,
  place: Place,
): Promise<{ ok: boolean; outputs: Outputs }> {
  if (step.run !== undefined) return runShell(step.run, fillAll(step.env, contexts), place);
  const given = fillAll(step.with, contexts);
  if (step.uses !== './scripts/ci') {
    await place.runner.use(step.uses ?? '', given, place.workspace);
    return { ok: true, outputs: {} };
  }
  const { action, github } = place.runner;
  const defaults = Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, value]);
  const inputs = { ...fillAll(Object.fromEntries(defaults), { github }), ...given };
  const { steps, hasFailed } = await runSteps(action.runs.steps, { github, inputs }, place);
  const values = Object.entries(action.outputs).map(([name, { value }]) => [name, value]);
  return { ok: !hasFailed, outputs: fillAll(Object.fromEntries(values), { steps }) };
}

async function runShell(
  script: string,
  env: Outputs,
  { runner, workspace }: Place,
): Promise<{ ok: boolean; outputs: Outputs }> {
  const output = join(workspace, '.output');
  await writeFile(output, '');
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: workspace,
    env: { ...runner.environment, ...env, GITHUB_OUTPUT: output },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (said: string) => {
      runner.log += said;
    });
  }
  const [code] = await once(child, 'close');
  const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  return { ok: code === 0, outputs };
}
