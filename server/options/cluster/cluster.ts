/** The option `cluster`: how the brokers of this host join those of others. */
import { z } from 'zod';

const SERVER = /^(?:(?:nats|tls):\/\/)?(?:\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i;
const NAME = /^[\w-]{1,64}$/;

const text = z.string().min(1);
const server = z
  .string()
  .regex(SERVER, 'host:port, nats://host:port or tls://host:port, without credentials');

/** By what this host proves who it is. */
const credentials = z
  .strictObject({
    user: text.optional(),
    password: text.optional(),
    token: text.optional(),
    nkey: text.optional(),
    file: text.optional(),
  })
  .refine(
    areOfOneKind,
    'user with password, or token, or nkey (a seed), or file (a .creds file), and no two of them',
  );

/** Certificates and keys are PEM as they are, or by the paths of their files. */
const tls = z
  .strictObject({
    ca: text.optional(),
    caFile: text.optional(),
    cert: text.optional(),
    certFile: text.optional(),
    key: text.optional(),
    keyFile: text.optional(),
    passphrase: text.optional(),
    servername: text.optional(),
    rejectUnauthorized: z.boolean().optional(),
  })
  .refine(areInPairs, 'cert with key, or certFile with keyFile, or none of them');

/** Goes into a header and before the number of a worker: neither may be mistaken. */
export const hostName = z.string().regex(/^[\w.-]{1,64}$/, '1 to 64 letters, digits, ".", "_" or "-"');

/** The engine, where it is, and as whom this host comes. */
export const clusterOption = z.strictObject({
  engine: z.literal('nats'),
  servers: z.union([server, z.array(server).min(1)]),
  name: z.string().regex(NAME, '1 to 64 letters, digits, _ or -').default('socketcluster'),
  credentials: credentials.optional(),
  tls: tls.optional(),
});

/** How hosts are joined. */
export type ClusterOption = z.output<typeof clusterOption>;

function areOfOneKind(given: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  return ['user,password', 'password,user', 'token', 'nkey', 'file'].includes(names.join());
}

function areInPairs(given: Readonly<Record<string, unknown>>): boolean {
  const has = (name: string): boolean => given[name] !== undefined;
  return has('cert') === has('key') && has('certFile') === has('keyFile');
}
