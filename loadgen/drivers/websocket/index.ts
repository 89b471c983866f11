export { createWebSocketDriver } from './websocket-driver.ts';
