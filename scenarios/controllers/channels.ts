/** The application of the channel scenarios: none. Clients subscribe and publish, the exchange does the rest. */

/** Runs in every worker. */
export function run(): void {}
