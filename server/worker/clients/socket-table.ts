/** Sockets by id: a Map, which reads like the plain object of versions 14 to 20 as well. */
export type SocketTable<Socket> = ReadonlyMap<string, Socket> & { readonly [id: string]: Socket };

/** Shows a Map as a table. The Map itself is for whoever is in a hurry. */
export function tableOf<Socket>(sockets: Map<string, Socket>): SocketTable<Socket> {
  return new Proxy(sockets, {
    get(map, name) {
      const own: unknown = Reflect.get(map, name, map);
      return typeof own === 'function' ? own.bind(map) : (own ?? map.get(String(name)));
    },
    has: (map, name) => name in Map.prototype || map.has(String(name)),
    ownKeys: (map) => [...map.keys()],
    getOwnPropertyDescriptor(map, name) {
      const value = map.get(String(name));
      return value === undefined ? undefined : { value, enumerable: true, configurable: true };
    },
  }) as unknown as SocketTable<Socket>;
}
