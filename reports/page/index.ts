export { buildPage } from './page.ts';
