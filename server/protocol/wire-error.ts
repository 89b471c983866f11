/**
 * Errors as they cross the wire. Clients test `error.name`, so the names are part of the protocol;
 * `message`, `name` and further own fields travel, stack traces never do.
 */

/** Names of errors a client may get from this server itself. */
export type WireErrorName =
  | 'AuthTokenError'
  | 'AuthTokenExpiredError'
  | 'AuthTokenInvalidError'
  | 'AuthTokenNotBeforeError'
  | 'BadConnectionError'
  | 'BrokerError'
  | 'InvalidActionError'
  | 'InvalidArgumentsError'
  | 'InvalidMessageError'
  | 'SilentMiddlewareBlockedError'
  | 'SocketProtocolError'
  | 'TimeoutError';

/** An error that a client may see. Whatever is given besides `name` and `cause` becomes a field beside `message`. */
export class WireError extends Error {
  override readonly name: WireErrorName;

  constructor(
    message: string,
    { name, cause, ...fields }: { name: WireErrorName; cause?: unknown; [field: string]: unknown },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
    Object.assign(this, fields);
  }
}

/** Fields that describe the server's inside rather than the error. */
const PRIVATE_FIELDS = new Set(['stack', 'cause', 'path', 'fileName']);

/**
 * Turns anything thrown or answered as an error into what travels: an object with `message` for errors,
 * the value itself otherwise, or a sentence in its place. Own fields that cannot be JSON are left out.
 */
export function dehydrate(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return error === undefined || isJson(error) ? error : 'An error that cannot be JSON';
  }
  const plain: Record<string, unknown> = { message: error.message };
  if (Object.hasOwn(error, 'name') || error.name !== 'Error') {
    plain['name'] = error.name;
  }
  for (const [key, value] of Object.entries(error)) {
    if (!PRIVATE_FIELDS.has(key) && isJson(value)) {
      plain[key] = value;
    }
  }
  return plain;
}

/**
 * Turns an error as it travelled into an Error with its name and fields; text and numbers stay what they are. Whatever
 * a peer sends, the result can be thrown, printed and made text: fields that would hide what every Error has, such as
 * `stack` or `toString`, are left out.
 */
export function hydrate(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof Error) {
    return error;
  }
  const { message, name, ...fields } = error as Record<string, unknown>;
  const hydrated = new Error(
    typeof message === 'string' ? message : 'The peer gave an error without a message',
  );
  if (typeof name === 'string') {
    hydrated.name = name;
  }
  for (const [key, value] of Object.entries(fields)) {
    if (!(key in hydrated)) {
      Object.assign(hydrated, { [key]: value });
    }
  }
  return hydrated;
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
