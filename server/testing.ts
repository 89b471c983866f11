/** What tests of the server share; never shipped. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Wire } from './engine/index.ts';
import { type OptionsInput, resolveOptions } from './options/index.ts';

/** How long a test waits for a fact: only what hangs is to end by it, not what shares its machine. */
export const PATIENCE = { timeout: 30_000, interval: 20 };

/** An upgrade request with the fields given in addition. */
export const upgradeWith = (...fields: string[]): string =>
  [
    'GET /socketcluster/ HTTP/1.1',
    'Host: x',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    ...fields,
    '\r\n',
  ].join('\r\n');

/** A wire that keeps what is written to it. `waiting` and `isOpen` are for the test to set. */
export class FakeWire implements Wire {
  owner: unknown = undefined;
  corked = false;
  waiting = 0;
  isOpen = true;
  readonly frames: Buffer[] = [];
  closedWith: { code: number; reason: string } | undefined;
  corks = 0;
  uncorks = 0;
  #drained: (() => void)[] = [];

  /** Texts of the frames so far; all short enough for a two-byte or four-byte header. */
  get texts(): string[] {
    return this.frames.map((frame) => frame.subarray(frame[1] === 126 ? 4 : 2).toString());
  }

  write(frame: Buffer): void {
    this.frames.push(frame);
  }

  cork(): void {
    this.corks += 1;
  }

  uncork(): void {
    this.uncorks += 1;
  }

  onceDrained(callback: () => void): void {
    this.#drained.push(callback);
  }

  /** Has the peer read everything. */
  drain(): void {
    this.waiting = 0;
    for (const callback of this.#drained.splice(0)) {
      callback();
    }
  }

  isPaused = false;

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  close(code: number, reason: string): void {
    this.isOpen = false;
    this.closedWith = { code, reason };
  }

  terminate(): void {
    this.isOpen = false;
  }
}

/** Options with everything a test does not care about filled in. */
export function testOptions(input: Partial<OptionsInput> = {}): ReturnType<typeof resolveOptions> {
  return resolveOptions({ workerController: 'unused.js', authKey: 'secret', ...input });
}

/** Takes away, with the end of the test, the listeners for signals that are added from now on. */
export function forgetSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR2'] as const) {
    const before = process.listeners(signal);
    onTestFinished(() => {
      for (const listener of process.listeners(signal).filter((each) => !before.includes(each))) {
        process.off(signal, listener);
      }
    });
  }
}

/** Makes a key, locked with a passphrase, and a certificate for it that signs itself, as X.509 writes it in DER. */
export function makeCertificate(passphrase: string): { key: string; cert: string; passphrase: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ecdsaWithSha256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
  const commonName = der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('localhost')));
  const name = der(0x30, der(0x31, commonName));
  const day = (offset: number): Buffer => {
    const date = new Date(Date.now() + offset * 86_400_000).toISOString();
    return der(0x17, Buffer.from(`${date.slice(2, 10).replaceAll('-', '')}000000Z`));
  };
  const content = der(
    0x30,
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    der(0x30, day(-1), day(2)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
  const certificate = der(0x30, content, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    passphrase,
  };
}

/** One element of DER: tag, length, parts. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(header), content]);
}
