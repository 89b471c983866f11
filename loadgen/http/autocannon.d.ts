/** What we use of autocannon, which has no types of its own. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  function autocannon(
    options: autocannon.Options,
    done: (error: Error | null, result: autocannon.Result) => void,
  ): autocannon.Instance;

  namespace autocannon {
    interface Options {
      url: string;
      method: string;
      headers: Record<string, string>;
      body?: string;
      connections: number;
      /** Requests per second, all connections together. */
      overallRate: number;
      /** Seconds. */
      duration: number;
      /** Seconds. */
      timeout: number;
      ignoreCoordinatedOmission: boolean;
      /** Called for each connection before its first request. */
      setupClient(client: EventEmitter): void;
    }

    interface Result {
      /** Seconds. */
      duration: number;
      /** Connections that broke with an error, and time-outs. */
      errors: number;
      timeouts: number;
      /** Answers by their exact status. */
      statusCodeStats: Record<string, { count: number }>;
    }

    interface Instance extends EventEmitter {
      stop(): void;
    }
  }

  export = autocannon;
}
