/** The words for why a connection ended, the same in windows, summaries and rules. */

const causeOfCode: Record<string, string> = {
  EADDRINUSE: 'no-ports',
  EADDRNOTAVAIL: 'no-ports',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  EMFILE: 'no-descriptors',
  ENETUNREACH: 'unreachable',
  ENFILE: 'no-descriptors',
  EPIPE: 'reset',
  EPROTO: 'tls',
  ETIMEDOUT: 'timeout',
};

/** Codes of Node and OpenSSL for certificates nobody vouches for, or that bear another name. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO/;
/** Their codes for peers that do not speak TLS. */
const tlsCode = /^ERR_(?:TLS|SSL)_/;

/** Finds the word for an error of a socket; its code when there is no word, `unknown` without a code. */
export function causeOf({ code = 'unknown' }: NodeJS.ErrnoException): string {
  if (certificateCode.test(code)) return 'certificate';
  return causeOfCode[code] ?? (tlsCode.test(code) ? 'tls' : code);
}
