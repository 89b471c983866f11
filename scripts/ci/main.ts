/**
 * Tells the build server what a gate said: the job's summary, annotations, the outputs of the step, and the comment
 * of the pull request. Started by action.yml, with everything it needs in the environment.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { annotation, firstSentence, levelOf } from './annotation.ts';
import { readAnnotations, readAnswer } from './answer.ts';
import { composeComment, markerOf } from './comment.ts';
import { type PullRequest, renewComment } from './github.ts';

const { env } = process;
const name = env['GATE_NAME'] ?? 'gate';
const attempt = Number(env['GATE_ATTEMPT']);
const folder = env['GATE_FOLDER'] ?? '';
const answer = readAnswer(folder, Number(env['GATE_EXIT_CODE']));
const annotations = readAnnotations(folder);

append('GITHUB_STEP_SUMMARY', `${answer.text}\n`);
append('GITHUB_OUTPUT', `regressed=${answer.regressed.join(',')}\n`);
// A gate that could not measure left none of its own.
process.stdout.write(annotations || annotation(levelOf(answer.exitCode), name, firstSentence(answer.text)));

const pullRequest = env['GATE_COMMENT'] === 'true' ? findPullRequest() : undefined;
if (pullRequest !== undefined) {
  try {
    await renewComment(pullRequest, markerOf(name), (before) =>
      composeComment({ name, attempt, answer, before }),
    );
  } catch (error) {
    // From a fork no job may write: what it measured counts all the same.
    const why = error instanceof Error ? error.message : String(error);
    process.stdout.write(annotation('warning', name, `Cannot comment on the pull request: ${why}`));
  }
}

function append(file: string, text: string): void {
  const path = env[file];
  if (path !== undefined) appendFileSync(path, text);
}

function findPullRequest(): PullRequest | undefined {
  const event = JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
  const number: unknown = event.pull_request?.number;
  if (typeof number !== 'number') return undefined;
  return {
    api: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    number,
    token: env['GITHUB_TOKEN'] ?? '',
  };
}
