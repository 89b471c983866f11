/**
 * `npm run check`: everything that can be said about the project without running it. Names of steps as
 * arguments run those alone; `--write` brings the tables in the documents up to date.
 */
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { checkDocs } from './check-docs.ts';
import { checkLayers } from './check-layers.ts';
import { checkTests } from './check-tests.ts';
import { formatResult, runSteps, type Step } from './run-steps.ts';
import { sourceFolders } from './source-files.ts';

const root = process.cwd();
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const write = process.argv.includes('--write');

/** The slowest first, so that two at a time end together. */
const steps: Step[] = [
  { name: 'dead code', run: () => runTool('knip', ['--no-progress', '--treat-config-hints-as-errors']) },
  {
    name: 'promises',
    run: () => runTool('oxlint', ['--type-aware', '--deny-warnings', ...sourceFolders, 'vitest.config.ts']),
  },
  { name: 'types', run: () => runTool('tsc', ['--noEmit', '--pretty', 'false']) },
  { name: 'browser', run: () => runTool('tsc', ['--noEmit', '--pretty', 'false', '-p', 'reports/browser']) },
  {
    name: 'style',
    run: () => runTool('biome', ['check', '--error-on-warnings', '--max-diagnostics=200', '.']),
  },
  { name: 'layers', run: runLayers },
  { name: 'tests', run: () => checkTests(root) },
  { name: 'docs', run: () => checkDocs(root, { write }) },
];

/** A tool's own words are the problem, and only if it fails. */
function runTool(tool: string, parameters: string[]): Promise<string[]> {
  const PATH = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, PATH }, maxBuffer: 64 * 1024 * 1024 };
    execFile(tool, parameters, options, (error, stdout, stderr) => {
      resolve(error ? [`${stdout}${stderr}`.trim() || error.message] : []);
    });
  });
}

async function runLayers(): Promise<string[]> {
  const { offences } = await checkLayers(root, join(root, '.dependency-cruiser.mjs'));
  return offences.map(({ from, to, rule, comment }) => `${from} -> ${to}\n  ${rule}: ${comment}`);
}

const wanted = steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `Cannot run the step "${unknown.join(', ')}": wanted one of ${steps.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
const results = await runSteps(wanted, { atOnce: 2, report: (result) => console.log(formatResult(result)) });
const failed = results.filter(({ problems }) => problems.length > 0).map(({ name }) => name);
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
