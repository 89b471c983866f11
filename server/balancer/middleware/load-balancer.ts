import { ClusterError } from '../../errors/index.ts';
import type { Middleware, RequestMiddleware, UpgradeMiddleware } from './middleware.ts';

/** What the balancer controller's `run` gets. */
export class LoadBalancer {
  /** Kind of middleware for requests that ask for no upgrade. */
  readonly MIDDLEWARE_REQUEST = 'request';
  /** Kind of middleware for upgrades, such as to WebSocket. */
  readonly MIDDLEWARE_UPGRADE = 'upgrade';
  /** Number of this balancer, from 0. */
  readonly id: number;
  readonly #middleware: Middleware;

  constructor(id: number, middleware: Middleware) {
    this.id = id;
    this.#middleware = middleware;
  }

  /**
   * Adds a function that is asked before a request goes to a worker, after those added before.
   *
   * @throws ClusterError CONTROLLER_INVALID when there is no such kind or no function is given.
   */
  addMiddleware(kind: 'request', middleware: RequestMiddleware): void;
  addMiddleware(kind: 'upgrade', middleware: UpgradeMiddleware): void;
  addMiddleware(kind: string, middleware: RequestMiddleware | UpgradeMiddleware): void {
    if (typeof middleware !== 'function') {
      throw refused(`current value is of type ${typeof middleware}, wanted is a function`);
    }
    if (kind === this.MIDDLEWARE_REQUEST) {
      this.#middleware.request.push(middleware as RequestMiddleware);
    } else if (kind === this.MIDDLEWARE_UPGRADE) {
      this.#middleware.upgrade.push(middleware as UpgradeMiddleware);
    } else {
      throw refused(`current kind is "${kind}", wanted is MIDDLEWARE_REQUEST or MIDDLEWARE_UPGRADE`);
    }
  }
}

function refused(why: string): ClusterError {
  return new ClusterError(`Cannot add middleware to the balancer: ${why}`, { code: 'CONTROLLER_INVALID' });
}
