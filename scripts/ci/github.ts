/** The comments of a pull request, through GitHub's REST interface. */

/** The pull request that a job runs for. */
export interface PullRequest {
  /** As `https://api.github.com`. */
  readonly api: string;
  /** As `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

interface Comment {
  readonly id: number;
  readonly body?: string;
}

const PAGE = 100;
const ANSWER_WITHIN_MS = 30_000;

/**
 * Writes a comment, or again the one that begins with the marker. `compose` is given that one's text.
 * @throws Error when GitHub cannot be reached or refuses.
 */
export async function renewComment(
  pullRequest: PullRequest,
  marker: string,
  compose: (before: string | undefined) => string,
): Promise<void> {
  const comments = `issues/${pullRequest.number}/comments`;
  const old = await findComment(pullRequest, comments, marker);
  const body = compose(old?.body);
  if (old === undefined) await ask(pullRequest, 'POST', comments, { body });
  else await ask(pullRequest, 'PATCH', `issues/comments/${old.id}`, { body });
}

async function findComment(
  pullRequest: PullRequest,
  comments: string,
  marker: string,
): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const response = await ask(pullRequest, 'GET', `${comments}?per_page=${PAGE}&page=${page}`);
    const found = (await response.json()) as Comment[];
    const old = found.find(({ body }) => body?.startsWith(marker));
    if (old !== undefined || found.length < PAGE) return old;
  }
}

async function ask(
  { api, repository, token }: PullRequest,
  method: string,
  path: string,
  content?: object,
): Promise<Response> {
  const response = await fetch(`${api}/repos/${repository}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: content === undefined ? null : JSON.stringify(content),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (response.ok) return response;
  throw new Error(
    `GitHub answered ${response.status} to ${method} ${path}, wanted the right to write comments`,
  );
}
