import { afterEach, beforeEach, expect, test } from 'vitest';
import { renewComment } from './github.ts';
import { type FakeGitHub, startGitHub } from './testing.ts';

let gitHub: FakeGitHub;

beforeEach(async () => {
  gitHub = await startGitHub();
});

afterEach(() => gitHub.close());

const compose = (before: string | undefined): string => `marker after ${before ?? 'nothing'}`;

test('renewComment() writes a comment where there is none of its own', async () => {
  gitHub.comments.push({ id: 1, body: 'a person, on the marker' });
  await renewComment(gitHub.pullRequest, 'marker', compose);
  expect(gitHub.comments.map(({ body }) => body)).toEqual([
    'a person, on the marker',
    'marker after nothing',
  ]);
});

test('renewComment() finds its own among hundreds', async () => {
  for (let id = 1; id <= 250; id += 1) gitHub.comments.push({ id, body: id === 201 ? 'marker 1' : 'other' });
  await renewComment(gitHub.pullRequest, 'marker', compose);
  expect(gitHub.comments).toHaveLength(250);
  expect(gitHub.comments[200]).toEqual({ id: 201, body: 'marker after marker 1' });
});

test('renewComment() names what GitHub refuses', async () => {
  gitHub.mayWrite = false;
  const refused = renewComment(gitHub.pullRequest, 'marker', compose);
  await expect(refused).rejects.toThrow('GitHub answered 403 to POST issues/7/comments');
  const stranger = { ...gitHub.pullRequest, token: 'wrong' };
  await expect(renewComment(stranger, 'marker', compose)).rejects.toThrow('GitHub answered 401 to GET');
});
