/** Door of `posterior`: what trials say of a capacity. */
export { type Bracket, type Observation, type Posterior, quantileOf, weigh } from './posterior.ts';
