export { CONNECT_WITHIN, Connections } from './connections.ts';
export { Lives } from './lives.ts';
export { Stalls } from './stalls.ts';
