/** Types for balancer controllers. The master starts balancers by file, `main.ts`. */
export type {
  BalancerNext,
  BalancerRequest,
  LoadBalancer,
  RequestMiddleware,
  UpgradeMiddleware,
} from './middleware/index.ts';
