/** One TCP connection, plain or under TLS: no listeners of its own, no buffer of its own, no timer. */
import { isIP, Socket, type SocketConstructorOpts, type TcpSocketConnectOpts } from 'node:net';
import { type ConnectionOptions, connect, type SecureContext } from 'node:tls';

/** Whom a line tells what happens to it. */
export interface LineOwner {
  connected(line: Line): void;
  /** So many bytes lie at the beginning of the owner's buffer. */
  received(line: Line, length: number): void;
  ended(line: Line, error: NodeJS.ErrnoException | undefined): void;
  /** The kernel has let go of it. */
  closed(line: Line): void;
}

/** A socket that knows whose it is. */
export type Line = Socket & { readonly user: number; readonly owner: LineOwner };

/** What all lines of a process have in common. */
export interface LineOptions {
  /** Where to. An address and no name, which would be looked up once per user. */
  address: string;
  port: number;
  /** Takes what any of them receives. */
  buffer: Buffer;
  owner: LineOwner;
  /**
   * Set for TLS: what was made of keys and certificates once for all, the name the certificate has to bear, and
   * whether any certificate is taken.
   */
  tls?: { context: SecureContext; host: string; insecure: boolean };
}

type OnRead = NonNullable<TcpSocketConnectOpts['onread']>;

/** Begins to connect, from a local address or from one the kernel chooses. */
export function openLine(user: number, localAddress: string | undefined, options: LineOptions): Line {
  const { address: host, port, buffer, owner, tls } = options;
  const to = localAddress === undefined ? { host, port } : { host, port, localAddress };
  const onread: OnRead = {
    buffer,
    callback(length) {
      owner.received(line, length);
      return true;
    },
  };
  const line: Line =
    tls === undefined
      ? new PlainLine(user, owner, onread)
      : Object.assign(connectSecurely({ ...to, ...secured(tls), onread, noDelay: true }), { user, owner });
  line.on(tls === undefined ? 'connect' : 'secureConnect', tellConnected);
  line.on('end', tellFinished).on('error', tellFailed).on('close', tellClosed);
  if (tls === undefined) line.connect(to);
  return line;
}

/** Ends a line by reset, which leaves no TIME_WAIT behind. Under TLS Node knows no reset. */
export function releaseLine(line: Line): void {
  // A socket that is still connecting would wait for its connection before it resets it.
  if (line.connecting || 'encrypted' in line) line.destroy();
  else line.resetAndDestroy();
}

class PlainLine extends Socket {
  readonly user: number;
  readonly owner: LineOwner;

  constructor(user: number, owner: LineOwner, onread: OnRead) {
    // The constructor reads these two, though its types name them for connect() only.
    const options: SocketConstructorOpts & Pick<TcpSocketConnectOpts, 'noDelay' | 'onread'> = {
      onread,
      noDelay: true,
    };
    super(options);
    this.user = user;
    this.owner = owner;
  }
}

/** Like `Socket.connect` it takes these two, though its types do not name them. */
function connectSecurely(
  options: ConnectionOptions & Pick<TcpSocketConnectOpts, 'noDelay' | 'onread'>,
): Socket {
  return connect(options);
}

function secured({ context, host, insecure }: NonNullable<LineOptions['tls']>): ConnectionOptions {
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return { secureContext: context, rejectUnauthorized: !insecure, ...servername };
}

// Emitters call listeners with themselves as `this`: four functions serve all sockets.

function tellConnected(this: Line): void {
  this.owner.connected(this);
}

function tellFinished(this: Line): void {
  this.owner.ended(this, undefined);
}

function tellFailed(this: Line, error: NodeJS.ErrnoException): void {
  this.owner.ended(this, error);
}

function tellClosed(this: Line): void {
  this.owner.closed(this);
}
