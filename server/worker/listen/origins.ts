/** Which origins may connect: the option `origins` of SocketCluster, `host:port`, `host:*` or `*:port`. */

/** Makes the test for an Origin header. A missing or `null` origin counts as `*`. */
export function originTest(allowed: string | readonly string[]): (origin: string | undefined) => boolean {
  const patterns = (typeof allowed === 'string' ? allowed.split(/[\s,]+/).filter(Boolean) : [...allowed]).map(
    (pattern) => pattern.toLowerCase(),
  );
  if (patterns.includes('*:*')) {
    return () => true;
  }
  const known = new Set(patterns);
  return (origin) => {
    const { host, port } = partsOf(origin);
    return known.has(`${host}:${port}`) || known.has(`${host}:*`) || known.has(`*:${port}`);
  };
}

function partsOf(origin: string | undefined): { host: string; port: string } {
  if (origin === undefined || origin === 'null' || !URL.canParse(origin)) {
    return { host: '*', port: '*' };
  }
  const url = new URL(origin);
  const usual = url.protocol === 'https:' ? '443' : '80';
  return { host: url.hostname, port: url.port === '' ? usual : url.port };
}
