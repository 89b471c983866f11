/** Door of `create`: new applications. */
export { createApplication, type TemplateName, templateNames } from './create-application.ts';
