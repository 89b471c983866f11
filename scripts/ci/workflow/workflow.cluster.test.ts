/** The gate's workflow as it is carried out: its own scripts, a real repository, GitHub on loopback, a gate that is told. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeGitHub, startGitHub } from '../testing.ts';
import { type JobEnd, type Runner, readAction, readWorkflow, runWorkflow } from './testing.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const workflow = readWorkflow(`${root}.github/workflows/gate.yml`);
const action = readAction(`${root}scripts/ci/action.yml`);

/** Stands for `scbench gate`: writes down what it was asked, leaves the files of a gate, and ends as planned. */
const gate = `
const { execFileSync } = require('node:child_process');
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
const value = (flag) => words[words.indexOf(flag) + 1];
appendFileSync(process.env.TOLD + '/asked.jsonl', JSON.stringify(words) + '\\n');
// Throws where the checkout does not reach back to what both have in common.
execFileSync('git', ['merge-base', value('--base'), 'HEAD']);
const key = words.includes('--inject') ? 'injected' : value('--attempt');
const { code, worse = [], lost = 0, hangs } = JSON.parse(readFileSync(process.env.TOLD + '/plan.json', 'utf8'))[key];
function end() {
  mkdirSync(value('--out'), { recursive: true });
  const rows = worse.map((metric) => ({ metric, verdict: 'regression' }));
  const final = { type: 'final', result: { rows, faults: { candidate: { lost } } } };
  writeFileSync(value('--out') + '/gate.jsonl', JSON.stringify(final) + '\\n');
  const level = code === 0 ? 'notice' : 'error';
  const lines = ['ANSWER%3A ' + code, ...worse].map((title) => '::' + level + ' title=' + title + '::of attempt ' + value('--attempt'));
  writeFileSync(value('--out') + '/annotations.txt', lines.join('\\n') + '\\n');
  writeFileSync(value('--out') + '/gate.md', '# Answer ' + code + ' of attempt ' + value('--attempt') + '\\n');
  process.exit(code);
}
if (code === 104) process.exit(code);
if (hangs) {
  setInterval(() => {}, 1000);
  let signals = 0;
  // A second signal ends the command at once.
  process.on('SIGINT', () => ((signals += 1) === 1 ? setTimeout(end, 300) : process.exit(130)));
} else end();
`;

/** Stands for npm: what it installs and builds is the gate above. */
const npm = '#!/bin/sh\nmkdir -p dist/loadgen && cp "$TOLD/cli.js" dist/loadgen/cli.js\n';

let folder: string;
let gitHub: FakeGitHub;
let commits: { base: string; merge: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workflow-test-'));
  gitHub = await startGitHub();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'npm'), npm, { mode: 0o755 });
  writeFileSync(join(folder, 'cli.js'), gate);
  commits = makeOrigin();
});

afterEach(async () => {
  await gitHub.close();
  rmSync(folder, { recursive: true });
});

function git(cwd: string, ...words: string[]): string {
  const person = ['-c', 'user.name=n', '-c', 'user.email=n@example.org', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...person, ...words], { cwd, stdio: 'pipe', encoding: 'utf8' }).trim();
}

/** A repository with a pull request whose base went on, and what GitHub merges of both. */
function makeOrigin(): { base: string; merge: string } {
  const origin = join(folder, 'origin');
  mkdirSync(origin);
  git(origin, 'init', '--quiet');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const commit = (message: string): unknown =>
    git(origin, 'commit', '--quiet', '--allow-empty', '-m', message);
  commit('first');
  git(origin, 'checkout', '--quiet', '-b', 'change');
  commit('change');
  git(origin, 'checkout', '--quiet', 'main');
  commit('second');
  const base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '--quiet', '--detach');
  git(origin, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'change');
  const merge = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'update-ref', 'refs/pull/7/merge', merge);
  return { base, merge };
}

type Plan = Record<string, { code: number; worse?: string[]; lost?: number; hangs?: boolean }>;

interface Carried {
  ends: Record<string, JobEnd>;
  /** What the gate was asked, once for each time. */
  asked: string[][];
  /** Files that were kept, by the name of their artifact. */
  artifacts: Record<string, string[]>;
  summary: string;
  log: string;
}

async function carryOut(plan: Plan, eventName = 'pull_request', minutes = '25'): Promise<Carried> {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { api, repository, number, token } = gitHub.pullRequest;
  const event = eventName === 'pull_request' ? { pull_request: { number, base: { sha: commits.base } } } : {};
  file('plan.json', JSON.stringify(plan));
  const asked = file('asked.jsonl', '');
  const summary = file('summary.md', '');
  const artifacts: Record<string, string[]> = {};
  const runner: Runner = {
    folder,
    action: { ...action, inputs: { ...action.inputs, minutes: { description: '', default: minutes } } },
    github: { event_name: eventName, event, ref: 'refs/pull/7/merge', run_id: '1', run_attempt: '1', token },
    environment: {
      PATH: [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']].join(':'),
      TOLD: folder,
      GITHUB_ACTION_PATH: `${root}scripts/ci`,
      GITHUB_API_URL: api,
      GITHUB_REPOSITORY: repository,
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
      GITHUB_STEP_SUMMARY: summary,
    },
    log: '',
    async use(uses, inputs, workspace) {
      if (uses.startsWith('actions/checkout@')) {
        git(workspace, 'init', '--quiet');
        git(workspace, 'remote', 'add', 'origin', `file://${join(folder, 'origin')}`);
        git(workspace, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', 'refs/pull/7/merge');
        git(workspace, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
      } else if (uses.startsWith('actions/upload-artifact@')) {
        const paths = (inputs['path'] ?? '').split('\n').filter(Boolean);
        artifacts[inputs['name'] ?? ''] = paths.filter((path) => existsSync(join(workspace, path)));
      }
    },
  };
  const ends = await runWorkflow(workflow, runner);
  const lines = readFileSync(asked, 'utf8').split('\n').filter(Boolean);
  return {
    ends,
    asked: lines.map((line) => JSON.parse(line)),
    artifacts,
    summary: readFileSync(summary, 'utf8'),
    log: runner.log,
  };
}

const results = ({ ends }: Carried): string[] => Object.values(ends).map(({ result }) => result);
const comments = (): string[] => gitHub.comments.map(({ body }) => body);

test('a green pull request gets one comment, summary and blocks, and no second runner', async () => {
  const carried = await carryOut({ 1: { code: 0 } });
  expect(results(carried)).toEqual(['success', 'skipped', 'success', 'skipped']);
  const words = ['gate', '--base', commits.base, '--scenario', 'ping-pong', '--attempt', '1'];
  expect(carried.asked).toEqual([
    [...words, '--out', 'reports/runs/gate-1', '--ledger', 'reports/runs/ledger.jsonl', '--time', '1350s'],
  ]);
  expect(comments()).toEqual([expect.stringContaining('# Answer 0 of attempt 1')]);
  expect(carried.summary).toBe('# Answer 0 of attempt 1\n');
  expect(carried.artifacts).toEqual({ 'gate-1': ['reports/runs/gate-1'] });
  expect(carried.log).toContain('::notice title=ANSWER%3A 0::of attempt 1\n');
});

test('a pull request that is pushed to again has its comment renewed', async () => {
  await carryOut({ 1: { code: 112 } });
  await carryOut({ 1: { code: 0 } });
  expect(comments()).toEqual([expect.stringContaining('# Answer 0')]);
  expect(comments()[0]).not.toContain('112');
});

test('a red that a fresh runner confirms is red, and only what was found is measured again', async () => {
  const carried = await carryOut({ 1: { code: 1, worse: ['cpu', 'p50'] }, 2: { code: 1, worse: ['cpu'] } });
  expect(results(carried)).toEqual(['success', 'success', 'failure', 'skipped']);
  expect(carried.asked[1]).toEqual(expect.arrayContaining(['--attempt', '2', '--metrics', 'cpu,p50']));
  expect(comments()).toHaveLength(1);
  expect(comments()[0]).toMatch(
    /Confirmed by a fresh runner.*# Answer 1 of attempt 2.*# Answer 1 of attempt 1/s,
  );
  expect(Object.keys(carried.artifacts)).toEqual(['gate-1', 'gate-2']);
  expect(carried.log.match(/^::error title=(ANSWER|cpu|p50).*$/gm)).toEqual([
    ...['::error title=ANSWER%3A 1::of attempt 1', '::error title=cpu::of attempt 1'],
    ...['::error title=p50::of attempt 1', '::error title=ANSWER%3A 1::of attempt 2'],
    '::error title=cpu::of attempt 2',
  ]);
});

test('a red that a fresh runner does not confirm is green, and says so', async () => {
  const carried = await carryOut({ 1: { code: 1, worse: ['cpu'] }, 2: { code: 0 } });
  expect(results(carried)).toEqual(['success', 'success', 'success', 'skipped']);
  expect(comments()[0]).toContain('Not confirmed');
  expect(carried.log).toContain('::warning title=gate::A fresh runner did not confirm the regression.');
});

test('a lost message is red at once, whatever else got worse', async () => {
  const carried = await carryOut({ 1: { code: 1, worse: ['cpu'], lost: 1 } });
  expect(results(carried)).toEqual(['success', 'skipped', 'failure', 'skipped']);
  expect(carried.log).toContain('::error title=gate::Messages went wrong, or the gate failed');
});

test.each([112, 104, 105])(
  'a gate that ends with %i is not green, and no second runner is asked',
  async (code) => {
    const carried = await carryOut({ 1: { code } });
    expect(results(carried)).toEqual(['success', 'skipped', 'failure', 'skipped']);
    expect(comments()[0]).toContain(code === 104 ? 'It ended with exit code 104' : `# Answer ${code}`);
    const told =
      code === 104 ? 'title=gate::The gate did not measure. It ended' : `title=ANSWER%3A ${code}::`;
    expect(carried.log).toContain(`::error ${told}`);
  },
);

test('a gate whose time is over is interrupted once, and what it measured is told', async () => {
  const carried = await carryOut({ 1: { code: 105, hangs: true } }, 'pull_request', '0.02');
  expect(results(carried)[2]).toBe('failure');
  expect(comments()[0]).toContain('# Answer 105');
  expect(carried.asked[0]).toEqual(expect.arrayContaining(['--time', '1.08s']));
});

test('a red whose second measurement is invalid stays red', async () => {
  const carried = await carryOut({ 1: { code: 1, worse: ['cpu'] }, 2: { code: 112 } });
  expect(results(carried)[2]).toBe('failure');
  expect(carried.log).toContain('The regression could not be measured again, exit 112.');
});

test('a fork, whose jobs may not write, is answered by check and summary', async () => {
  gitHub.mayWrite = false;
  const carried = await carryOut({ 1: { code: 0 } });
  expect(results(carried)).toEqual(['success', 'skipped', 'success', 'skipped']);
  expect(carried.log).toContain(
    '::warning title=gate::Cannot comment on the pull request: GitHub answered 403',
  );
  expect(carried.summary).toContain('# Answer 0');
});

test('a night measures equal builds and a slowdown, and comments on nothing', async () => {
  const carried = await carryOut({ 1: { code: 0 }, injected: { code: 1, worse: ['cpu'] } }, 'schedule');
  expect(results(carried)).toEqual(['skipped', 'skipped', 'skipped', 'success']);
  expect(carried.asked).toHaveLength(2);
  expect(carried.asked[0]).toEqual(expect.arrayContaining(['--base', commits.merge, '--candidate', 'HEAD']));
  expect(carried.asked[1]).toEqual(expect.arrayContaining(['--inject', 'parse:10', '--ledger']));
  expect(comments()).toEqual([]);
  expect(carried.log).not.toContain('::warning');
});

test('a night tells of a false alarm and of a slowdown it missed, and fails without figures', async () => {
  const noisy = await carryOut({ 1: { code: 1, worse: ['p50'] }, injected: { code: 0 } }, 'schedule');
  expect(results(noisy)[3]).toBe('success');
  expect(noisy.log.match(/::warning title=gate::.*/g)).toHaveLength(2);
  for (const end of [{ code: 104 }, { code: 1 }, { code: 1, worse: ['cpu'], lost: 2 }]) {
    const broken = await carryOut({ 1: { code: 0 }, injected: end }, 'schedule');
    expect(results(broken)[3]).toBe('failure');
  }
});
