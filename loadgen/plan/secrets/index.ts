/** Door of `secrets`: what is written, shown or complained of is looked through here for what is nobody's business. */
export { createFrameRedaction } from './frames.ts';
export { isHarmlessHeader, isSecretName, REDACTED } from './names.ts';
export { createRedaction } from './redaction.ts';
export { redactData, redactHeaders, redactText } from './text.ts';
export { redactUrl } from './url.ts';
