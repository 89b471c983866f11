/**
 * Loaded by vitest before every test file: a warning that Node prints while tests run (a leak of
 * listeners, a deprecated call, a rejected promise nobody saw) ends in an unhandled error, which fails the run.
 */
process.on('warning', (warning) => {
  throw new Error(`Cannot let a test pass that makes Node warn: ${warning.message}`, { cause: warning });
});
