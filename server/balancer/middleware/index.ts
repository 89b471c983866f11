/** Door of `middleware`: what an application adds to a balancer. */
export { LoadBalancer } from './load-balancer.ts';
export {
  type BalancerNext,
  type BalancerRequest,
  Middleware,
  type RequestMiddleware,
  type UpgradeMiddleware,
  type Verdict,
} from './middleware.ts';
