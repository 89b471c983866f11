/** What a client that is refused for a time reads beside the status 503. */

/** Seconds after which it may try again. */
export const RETRY_AFTER = 10;
