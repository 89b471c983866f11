/** The file a gate leaves behind. */
export {
  createGateRecord,
  GATE_RECORD_NAME,
  type GateLine,
  type GateRecord,
  readGateRecord,
} from './gate-record.ts';
export { GATE_RECORD_VERSION, type GateHeader, lookAt } from './header.ts';
