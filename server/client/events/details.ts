/** The details of a client's own events as one object each, the way loops of SocketCluster 15 and later read them. */
import type { LocalEvents } from '../contract.ts';

const readers = {
  authStateChange: ({ oldState, newState, ...token }) => ({
    oldAuthState: oldState,
    newAuthState: newState,
    ...token,
  }),
  authenticate: (signedAuthToken) => ({ signedAuthToken }),
  close: (code, reason) => ({ code, reason }),
  connect: (status, processPendingSubscriptions) => ({ ...status, processPendingSubscriptions }),
  connectAbort: (code, reason) => ({ code, reason }),
  connecting: () => ({}),
  deauthenticate: (oldSignedAuthToken) => ({ oldSignedAuthToken }),
  disconnect: (code, reason) => ({ code, reason }),
  error: (error) => ({ error }),
  kickOut: (message, channel) => ({ message, channel }),
  message: (message) => ({ message }),
  raw: (message) => ({ message }),
  removeAuthToken: (oldAuthToken) => ({ oldAuthToken }),
  subscribe: (channel, subscriptionOptions) => ({ channel, subscriptionOptions }),
  subscribeFail: (error, channel, subscriptionOptions) => ({ error, channel, subscriptionOptions }),
  subscribeRequest: (channel, subscriptionOptions) => ({ channel, subscriptionOptions }),
  subscribeStateChange: ({ oldState, newState, ...subscription }) => ({
    oldChannelState: oldState,
    newChannelState: newState,
    ...subscription,
  }),
  unsubscribe: (channel) => ({ channel }),
} satisfies { [Name in keyof LocalEvents]: (...details: LocalEvents[Name]) => object };

/** One object for each of a client's own events. */
export type LocalDetails = { [Name in keyof LocalEvents]: ReturnType<(typeof readers)[Name]> };

/** Returns the details of a client's own event as one object. */
export function detailsOf<Name extends keyof LocalEvents>(event: Name, details: LocalEvents[Name]): object {
  return (readers[event] as (...details: LocalEvents[Name]) => object)(...details);
}
