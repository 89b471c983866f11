/** Door of `farewell`: how clients are sent away, as the master orders it and workers do it. */
export { type Farewell, farewellOf, Pacer, STEP_MS, timeFor } from './farewell.ts';
