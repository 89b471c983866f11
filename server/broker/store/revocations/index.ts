/** Door of revocations: what brokers and workers remember of tokens that are not to be accepted any more. */
export {
  type Revocation,
  type RevocationMemory,
  RevocationTable,
  readRevocations,
} from './revocation-table.ts';
