/** Where a client keeps its signed token between connections and visits, and what the token says. */

/** Keeps one signed token by name. Each function may return a promise. */
export interface AuthEngine {
  saveToken(name: string, signedToken: string): unknown;
  removeToken(name: string): unknown;
  /** Returns the signed token, or null. */
  loadToken(name: string): string | null | Promise<string | null>;
}

/** The part of the browser's storage that is needed. */
interface StorageLike {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** Keeps tokens in the browser's localStorage; in memory where that is missing, forbidden or full. */
export function createTokenStore(storage: StorageLike | undefined = findStorage()): AuthEngine {
  const memory = new Map<string, string>();
  return {
    saveToken: (name, signedToken) => {
      // Only one of the two holds it: another tab that removes the token from the storage means all tabs.
      memory.delete(name);
      if (storage === undefined || !succeeds(() => storage.setItem(name, signedToken))) {
        memory.set(name, signedToken);
      }
    },
    removeToken: (name) => {
      memory.delete(name);
      succeeds(() => storage?.removeItem(name));
    },
    loadToken: (name) => attempt(() => storage?.getItem(name)) ?? memory.get(name) ?? null,
  };
}

/** A browser may forbid its storage at any moment. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function succeeds(work: () => void): boolean {
  return (
    attempt(() => {
      work();
      return true;
    }) === true
  );
}

function findStorage(): StorageLike | undefined {
  // Node has a localStorage too, in some versions, but warns of it; only browsers have a document.
  return 'document' in globalThis
    ? attempt(() => (globalThis as { localStorage?: StorageLike }).localStorage)
    : undefined;
}

/** Returns the payload of a signed token without checking the signature, or null when it has none. */
export function readToken(signedToken: string): unknown {
  const payload = signedToken.split('.')[1];
  if (payload === undefined) {
    return null;
  }
  return (
    attempt((): unknown => {
      const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
      return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0))));
    }) ?? null
  );
}
