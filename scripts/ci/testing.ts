/** A build server for tests: GitHub's comments on loopback, and the steps of a workflow in their order. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PullRequest } from './github.ts';

/** GitHub, as far as one pull request's comments go. */
export interface FakeGitHub {
  readonly comments: { id: number; body: string }[];
  readonly pullRequest: PullRequest;
  mayWrite: boolean;
  close(): Promise<void>;
}

const TOKEN = 'token of this job';

/** Starts it on loopback, with the pull request 7. */
export async function startGitHub(): Promise<FakeGitHub> {
  const comments: { id: number; body: string }[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gitHub: FakeGitHub = {
    comments,
    pullRequest: { api: `http://127.0.0.1:${port}`, repository: 'owner/name', number: 7, token: TOKEN },
    mayWrite: true,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return gitHub;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const texts = await request.setEncoding('utf8').toArray();
    const tell = (status: number, content: unknown): unknown =>
      response.writeHead(status).end(JSON.stringify(content));
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void tell(401, {});
    const { pathname, searchParams } = new URL(url, 'http://github');
    if (method === 'GET' && pathname === '/repos/owner/name/issues/7/comments') {
      const size = Number(searchParams.get('per_page'));
      const from = (Number(searchParams.get('page')) - 1) * size;
      return void tell(200, comments.slice(from, from + size));
    }
    if (!gitHub.mayWrite) return void tell(403, {});
    const { body } = JSON.parse(texts.join(''));
    const id = Number(/^\/repos\/owner\/name\/issues\/comments\/(\d+)$/.exec(pathname)?.[1]);
    const old = comments.find((comment) => comment.id === id);
    if (method === 'PATCH' && old !== undefined) {
      old.body = body;
      return void tell(200, old);
    }
    if (method === 'POST' && pathname === '/repos/owner/name/issues/7/comments') {
      comments.push({ id: comments.length + 1, body });
      return void tell(201, comments.at(-1));
    }
    tell(404, {});
  }
}
