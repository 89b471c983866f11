/** The client for browsers at `/socketcluster.js`, where the pages of older versions look for it. */
import { readFile } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

const PATH = '/socketcluster.js';

/** Where the build puts it, seen from this module's own place in the sources or in `dist`. */
const file = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../dist/browser/socketcluster.js'
    : '../../../browser/socketcluster.js',
  import.meta.url,
);

/** Answers a request for the script. Returns false, without an answer, for any other. */
export function serveClientScript({ method, url = '' }: IncomingMessage, response: ServerResponse): boolean {
  const isAsked = (method === 'GET' || method === 'HEAD') && url.split('?', 1)[0] === PATH;
  if (isAsked) {
    readFile(file, (error, script) => {
      // Where it was not built there is none.
      const type = error === null ? 'text/javascript; charset=utf-8' : 'text/plain';
      response.writeHead(error === null ? 200 : 404, { 'Content-Type': type });
      response.end(error === null ? script : 'Not found\n');
    });
  }
  return isAsked;
}
