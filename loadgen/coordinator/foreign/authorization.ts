/** User and password in the URL of a target, which go with every request as curl sends them. */
import type { Resolved } from '../../plan/resolve/index.ts';

type Headers = Record<string, string>;

/** Makes the header that tells who asks; none of a URL that does not name anybody. */
export function authorizationOf({ username, password }: URL): Headers {
  if (username === '' && password === '') return {};
  const words = `${decoded(username)}:${decoded(password)}`;
  return { Authorization: `Basic ${Buffer.from(words).toString('base64')}` };
}

/** Adds what the URL says of who asks to headers that do not say it themselves. */
export function authorize(headers: Headers, authorization: Headers): Headers {
  const isSaid = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return isSaid ? headers : { ...headers, ...authorization };
}

/** Adds it to the headers of users and to those of requests beside them. */
export function authorizeRun(resolved: Resolved, authorization: Headers): Resolved {
  const { connect, http } = resolved;
  return {
    ...resolved,
    connect: { ...connect, headers: authorize(connect.headers ?? {}, authorization) },
    http: http === null ? null : { ...http, headers: authorize(http.headers, authorization) },
  };
}

/** What is not encoded as URLs are is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
