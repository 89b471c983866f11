/** How unevenly users fall on workers: the busiest one decides what all of them carry. */

/**
 * Gives the users on the busiest of some workers when each user comes to any of them by chance: the mean share and
 * about what the greatest of so many Poisson numbers lies above it.
 */
export function busiestShare(users: number, workers: number): number {
  if (users <= 0) return 0;
  const share = (users / workers) * (1 + Math.sqrt((2 * Math.log(workers) * workers) / users));
  return Math.min(users, share);
}
