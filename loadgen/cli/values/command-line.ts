/** Writes the command that repeats this one, from its first words and what follows them. */
export function commandLine(start: string, parameters: readonly string[]): string {
  const words = parameters.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word)));
  return [start, ...words].join(' ').replace(/ --$/, '');
}
