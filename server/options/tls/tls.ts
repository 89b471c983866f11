/** The option `protocolOptions`: what Node's HTTPS server takes, on its way from the caller to the process that ends TLS. */
import { createSecureContext, type TlsOptions } from 'node:tls';

/** The problem with the options of TLS, if there is one, as the end of a sentence: what is and what is wanted. */
export function findTlsProblem(options: Readonly<Record<string, unknown>>): string | undefined {
  const hook = Object.entries(options).find(([, value]) => typeof value === 'function');
  if (hook !== undefined) {
    return `"${hook[0]}" is a function, wanted are values only, as they go to other processes`;
  }
  if (options['pfx'] === undefined && (options['key'] === undefined || options['cert'] === undefined)) {
    return 'there is no key with a certificate, wanted are "key" and "cert", or "pfx"';
  }
  try {
    createSecureContext(reviveTlsOptions(options));
  } catch (error) {
    return `TLS refuses them: ${error instanceof Error ? error.message : String(error)}`;
  }
  return undefined;
}

/** Makes buffers again of what was one before it went through JSON, in lists and objects too. */
export function reviveTlsOptions(options: Readonly<Record<string, unknown>>): TlsOptions {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, revive(value)]));
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(revive);
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) {
    return value;
  }
  const { type, data } = value as { type?: unknown; data?: unknown };
  if (type === 'Buffer' && Array.isArray(data)) {
    return Buffer.from(data);
  }
  return reviveTlsOptions(value as Record<string, unknown>);
}
