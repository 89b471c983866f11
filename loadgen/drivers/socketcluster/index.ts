export { breaksProtocol, fieldOf } from './packet-reader.ts';
export { createSocketClusterDriver } from './socketcluster-driver.ts';
export { signTokens } from './tokens.ts';
