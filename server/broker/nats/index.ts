/** Door of the bridge between hosts. */
export { type Bridge, type BridgeOptions, buildBridge } from './bridge.ts';
