/**
 * A worker with a fixed service time, for hosts that let nobody give quotas: the application of a scenario, and before
 * each message and each delivery a time in which the worker does nothing else.
 */
import { type ServiceTime, standStill } from './service-time.ts';

type Next = () => void;

/** The part of a worker's server that is used. */
interface Server {
  readonly MIDDLEWARE_EMIT: string;
  readonly MIDDLEWARE_PUBLISH_IN: string;
  readonly MIDDLEWARE_PUBLISH_OUT: string;
  addMiddleware(line: string, middleware: (request: object, next: Next) => void): void;
}

/** What a worker hands to its controller. */
interface Worker {
  getSCServer(): Server;
}

/** What a controller file exports. */
export interface Controller {
  run(worker: Worker): unknown;
}

/** Makes the `run` of a controller that takes its time before the application does its part. */
export function slowed(
  { perMessage, perDelivery = 0 }: ServiceTime,
  application: Controller,
): Controller['run'] {
  return (worker) => {
    const server = worker.getSCServer();
    const { MIDDLEWARE_EMIT, MIDDLEWARE_PUBLISH_IN, MIDDLEWARE_PUBLISH_OUT } = server;
    for (const line of [MIDDLEWARE_EMIT, MIDDLEWARE_PUBLISH_IN]) hold(server, line, perMessage);
    if (perDelivery > 0) hold(server, MIDDLEWARE_PUBLISH_OUT, perDelivery);
    return application.run(worker);
  };
}

function hold(server: Server, line: string, micros: number): void {
  server.addMiddleware(line, (_request, next) => {
    standStill(micros);
    next();
  });
}
