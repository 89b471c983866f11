/** URLs that may be shown. */
import { isSecretName, REDACTED } from './names.ts';

/**
 * Takes user and password out of a URL, and the values of parameters whose names tell of secrets. All else stays as it
 * was written. What is no URL, and is complained of for that, may hold a password with anything in it: of that all
 * goes that may be one.
 */
export function redactUrl(url: string): string {
  const [before = '', ...parameters] = redactUser(url).split(/(?=[?&;#])/);
  return [before, ...parameters.map(redactParameter)].join('');
}

function redactUser(url: string): string {
  if (url.startsWith('/')) return url;
  const isPlain = /^[a-z][a-z\d+.-]*:\/\//i.test(url) && URL.canParse(url);
  const user = isPlain ? /^([^/]*:\/\/)[^/?#]*@/ : /^([a-z][a-z\d+.-]*:\/\/)?.*@/is;
  return url.replace(user, `$1${REDACTED}@`);
}

/** With the character before it, as `?token=abc`. */
function redactParameter(parameter: string): string {
  const [, start = '', name = ''] = /^([?&;#]([^=]*)=)./s.exec(parameter) ?? [];
  return isSecretName(decoded(name)) ? start + REDACTED : parameter;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
