/** Versions up to 14 of the published client: events to listeners, answers to callbacks. */
import { type Answered, Diary, optionsOf, type Settings, type StockClient } from '../testing.ts';

/** What the versions of this family have in common, as far as it is used here. */
interface CallbackSocket {
  on(event: string, listener: (...details: never[]) => void): void;
  emit(event: string, data: unknown, answered?: Answered): void;
  subscribe(channel: string): void;
  unsubscribe(channel: string): void;
  watch(channel: string, listener: (data: unknown) => void): void;
  publish(channel: string, data: unknown, answered: Answered): void;
  authenticate(token: string, answered: Answered): void;
  /** Versions up to 3 forget the token without telling the server. */
  deauthenticate?(): void;
  removeAuthToken(): void;
  disconnect(code: number, data?: unknown): void;
}

/** The module of one version. */
export interface CallbackLibrary {
  connect(options: Record<string, unknown>): CallbackSocket;
}

/** Makes a client of a version up to 14. */
export function createCallbackClient(library: CallbackLibrary, settings: Settings): StockClient {
  const socket = library.connect(optionsOf(settings));
  const diary = new Diary();
  keep(socket, diary);
  const ask = (start: (answered: Answered) => void): Promise<unknown> =>
    new Promise((resolve, reject) => {
      start((error, data) => {
        // What was answered as an error is under test, text as well as objects.
        if (error === null || error === undefined) resolve(data);
        else reject(error as Error);
      });
    });
  return {
    diary,
    ping: '#1',
    call: (event, data) => ask((answered) => socket.emit(event, data, answered)),
    send: (event, data) => socket.emit(event, data),
    listenTo: (event) => socket.on(event, (data) => void diary.events.push({ event, data })),
    answer: (event, answerOf) =>
      socket.on(event, (data: unknown, respond: Answered) => respond(null, answerOf(data))),
    subscribe: (channel) => {
      socket.watch(channel, (data) => void diary.publications.push({ channel, data }));
      socket.subscribe(channel);
    },
    unsubscribe: (channel) => socket.unsubscribe(channel),
    publish: (channel, data) => ask((answered) => socket.publish(channel, data, answered)),
    authenticate: (token) => ask((answered) => socket.authenticate(token, answered)),
    deauthenticate: () => {
      if (socket.deauthenticate === undefined) socket.removeAuthToken();
      else socket.deauthenticate();
    },
    leave: (code, data) => socket.disconnect(code, data),
  };
}

function keep(socket: CallbackSocket, diary: Diary): void {
  socket.on('error', () => undefined); // What is of interest comes by a callback as well.
  socket.on('message', (frame) => void diary.frames.push(frame));
  socket.on('connect', (status) => void diary.connects.push(status));
  socket.on('disconnect', (code: number, data: unknown) => void diary.ends.push({ code, data }));
  socket.on('connectAbort', (code) => void diary.aborts.push(code));
  socket.on('subscribe', (channel) => void diary.subscribed.push(channel));
  socket.on('subscribeFail', (error: unknown, channel: string) => {
    diary.refused.push({ channel, error });
  });
  socket.on('kickOut', (message: unknown, channel: string) => void diary.kicks.push({ channel, message }));
}
