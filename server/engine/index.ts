import type { Engine, EngineOptions, WireHandlers } from './engine.ts';
import { createLeanEngine } from './lean/index.ts';
import { createWsEngine } from './ws-engine.ts';

export type { Engine, EngineOptions, Wire, WireHandlers } from './engine.ts';
export { frameOfBytes, frameOfText, isBinaryFrame, payloadOf } from './frame.ts';

/** The engines by the name the option `wsEngine` gives them. */
const engines = { lean: createLeanEngine, ws: createWsEngine } as const;

/** Makes the engine of a name. */
export function createEngine(
  name: keyof typeof engines,
  options: EngineOptions,
  handlers: WireHandlers,
): Engine {
  return engines[name](options, handlers);
}
