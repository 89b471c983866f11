/** The server's side, loaded by every worker: clients subscribe and publish, the exchange does the rest. */
export function run() {}
