/** Door of `scheduling`: when the kernel lets this process run. */
export { COLLECTS_ALONE, type Precedence, takePrecedence } from './precedence.ts';
export { keepProcessorsAwake, whileAwake } from './wakefulness.ts';
