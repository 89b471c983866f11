/** What may have made the figures wrong, apart from the target: the generator and its host. */
export { doubtsOfGenerator, spoiltByGenerator } from './generator.ts';
export { doubtsOfHost } from './host.ts';
