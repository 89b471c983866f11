/**
 * The entry for Node: the same client with the WebSocket of the package `ws`. Node 20 has none of its own, and that
 * of later versions takes no `wsOptions`. Package managers and bundlers choose between this file and `index.ts` by
 * the conditions of `exports` in package.json, so browsers never see it.
 */
import { WebSocket } from 'ws';
import type { Contract, Untyped } from '../protocol/index.ts';
import { isObject } from './checks/index.ts';
import type { Client } from './client.ts';
import { create as createAnywhere } from './create.ts';
import type { ClientOptions } from './options.ts';

export { minBinCodec } from '../protocol/index.ts';
export { clients, destroy, version } from './create.ts';

/** Does what `create` of every platform does, with `ws` where no other WebSocket is given. */
export function create<C extends Contract = Untyped>(options: ClientOptions = {}): Client<C> {
  const given: unknown = options;
  return createAnywhere<C>(
    isObject(given) ? { ...options, webSocket: options.webSocket ?? WebSocket } : options,
  );
}

/** Does what `create` does, under the name of older clients. */
export function connect<C extends Contract = Untyped>(options?: ClientOptions): Client<C> {
  return create<C>(options);
}
