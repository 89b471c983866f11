/** Versions from 15 of the published client: everything heard is a stream, everything asked a promise. */
import { Diary, optionsOf, type Settings, type Status, type StockClient } from '../testing.ts';

/** A call of the server. */
interface Call {
  data: unknown;
  end(data: unknown): void;
}

/** What the local events of the family carry. */
interface LocalEvents {
  error: { error: unknown };
  message: { message: string };
  connect: Status;
  disconnect: { code: number; reason: string | undefined };
  connectAbort: { code: number };
  subscribe: { channel: string };
  subscribeFail: { channel: string; error: unknown };
  kickOut: { channel: string; message: unknown };
}

/** What the versions of this family have in common, as far as it is used here. */
interface StreamSocket {
  listener<Name extends keyof LocalEvents>(event: Name): AsyncIterable<LocalEvents[Name]>;
  receiver(event: string): AsyncIterable<unknown>;
  procedure(event: string): AsyncIterable<Call>;
  transmit(event: string, data: unknown): Promise<void>;
  invoke(event: string, data: unknown): Promise<unknown>;
  invokePublish(channel: string, data: unknown): Promise<unknown>;
  subscribe(channel: string): AsyncIterable<unknown>;
  unsubscribe(channel: string): unknown;
  authenticate(token: string): Promise<unknown>;
  deauthenticate(): Promise<void>;
  disconnect(code: number, reason?: string): void;
}

/** The module of one version. */
export interface StreamLibrary {
  create(options: Record<string, unknown>): StreamSocket;
}

/** Makes a client of a version from 15. */
export function createStreamClient(library: StreamLibrary, settings: Settings): StockClient {
  const socket = library.create(optionsOf(settings));
  const diary = new Diary();
  keep(socket, diary);
  return {
    diary,
    ping: '',
    call: (event, data) => socket.invoke(event, data),
    send: (event, data) => void socket.transmit(event, data),
    listenTo: (event) => each(socket.receiver(event), (data) => diary.events.push({ event, data })),
    answer: (event, answerOf) =>
      each(socket.procedure(event), (request) => request.end(answerOf(request.data))),
    subscribe: (channel) => {
      each(socket.subscribe(channel), (data) => diary.publications.push({ channel, data }));
    },
    unsubscribe: (channel) => void socket.unsubscribe(channel),
    publish: (channel, data) => socket.invokePublish(channel, data),
    authenticate: (token) => socket.authenticate(token),
    deauthenticate: () => void socket.deauthenticate(),
    leave: (code, data) => socket.disconnect(code, data),
  };
}

function keep(socket: StreamSocket, diary: Diary): void {
  each(socket.listener('message'), ({ message }) => diary.frames.push(message));
  each(socket.listener('connect'), (status) => diary.connects.push(status));
  each(socket.listener('disconnect'), ({ code, reason }) => diary.ends.push({ code, data: reason }));
  each(socket.listener('connectAbort'), ({ code }) => diary.aborts.push(code));
  each(socket.listener('subscribe'), ({ channel }) => diary.subscribed.push(channel));
  each(socket.listener('subscribeFail'), ({ channel, error }) => diary.refused.push({ channel, error }));
  each(socket.listener('kickOut'), ({ channel, message }) => diary.kicks.push({ channel, message }));
}

/** Handles what a stream brings, as long as it lasts. */
function each<Value>(stream: AsyncIterable<Value>, handle: (value: Value) => void): void {
  void (async () => {
    for await (const value of stream) handle(value);
  })();
}
