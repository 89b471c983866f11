/** Door of `controller`: the application's own files. */
export { loadController } from './load-controller.ts';
