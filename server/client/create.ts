/** Makes clients, and lets those of equal options share one. */
import type { Contract, Untyped } from '../protocol/index.ts';
import { Client } from './client.ts';
import { systemClock } from './connection/index.ts';
import { type ClientOptions, type ResolvedOptions, resolveOptions } from './options.ts';

/** Version of this SDK. */
export const version = '0.1.0';

const made = new Set<Client>();
const givenOptions = new WeakMap<Client, Readonly<ClientOptions>>();

/** Every client that was made and not destroyed yet. */
export const clients: ReadonlySet<Client> = made;

/**
 * Makes a client and connects it, unless `autoConnect` is false. With options equal to those of an earlier client
 * it returns that one, connected again if need be, unless `multiplex` is false.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted.
 */
export function create<C extends Contract = Untyped>(options: ClientOptions = {}): Client<C> {
  const resolved = resolveOptions(options);
  const twin = resolved.multiplex ? findTwin(options) : undefined;
  const client = twin ?? makeClient(options, resolved);
  if (resolved.autoConnect) {
    connectOrDestroy(client);
  }
  // A contract is a promise between types: at run time all clients are alike.
  return client as unknown as Client<C>;
}

/** Does what `create` does, under the name of older clients. */
export function connect<C extends Contract = Untyped>(options?: ClientOptions): Client<C> {
  return create<C>(options);
}

/** Ends a client. Others that share its connection lose it too. */
export function destroy<C extends Contract>(client: Client<C>): void {
  client.destroy();
}

/** A client that cannot even begin to connect is of no use to anyone. */
function connectOrDestroy(client: Client): void {
  try {
    client.connect();
  } catch (error) {
    client.destroy();
    throw error;
  }
}

function makeClient(options: ClientOptions, resolved: ResolvedOptions): Client {
  const client: Client = new Client(resolved, { clock: systemClock, destroyed: () => made.delete(client) });
  made.add(client);
  givenOptions.set(client, { ...options });
  return client;
}

function findTwin(options: ClientOptions): Client | undefined {
  return [...made].find((client) => {
    const given = givenOptions.get(client);
    return given !== undefined && areEqual(given, options);
  });
}

/** Compares options one level deep and plain objects in them by content; all else must be the same thing. */
function areEqual(a: object, b: object): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isSame(Reflect.get(a, name), Reflect.get(b, name)));
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (isPlain(a) && isPlain(b) && areEqual(a, b));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
