export { CONNECT_WITHIN, Connections, type ConnectionsOptions } from './connections.ts';
export { Lives } from './lives.ts';
export { Stalls } from './stalls.ts';
