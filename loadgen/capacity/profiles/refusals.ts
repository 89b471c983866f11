/** Why a profile cannot be planned with, though its users could be run. */
import { type Part, type Profile, partsOf } from './profile.ts';

/** Says what stands in the way, each the end of a sentence. Empty: nothing. */
export function problemsOf(profile: Profile): string[] {
  const parts = partsOf(profile);
  return [...parts.flatMap(problemsOfPart), ...problemsOfRates(profile, parts)];
}

function problemsOfPart({ group }: Part): string[] {
  const { behaviour, name, returns, stays } = group;
  const users = `its users "${name}"`;
  const problems: string[] = [];
  if (behaviour.kind === 'messages') {
    problems.push(`${users} send plain messages, wanted are users who speak SocketCluster`);
  }
  if ('model' in behaviour && behaviour.model === 'closed') {
    problems.push(
      `${users} have "model" "closed", wanted "open": whoever waits for an answer sends less to a slow server`,
    );
  }
  if (behaviour.kind === 'channels' && (behaviour.popularity ?? 'even') !== 'even') {
    problems.push(
      `${users} have "popularity" by Zipf's law, wanted "even": popular channels grow with the number of users, and so does what each of them costs`,
    );
  }
  if (stays !== undefined && returns === undefined) {
    problems.push(`${users} have "stays" alone, wanted "returns" beside it: soon nobody would be left`);
  }
  return problems;
}

function problemsOfRates({ rates }: Profile, parts: readonly Part[]): string[] {
  const isCustom = parts.some(({ group }) => group.behaviour.kind === 'custom');
  if (isCustom && rates === undefined) {
    return ['"rates" is missing, wanted beside a behaviour "custom": nobody else knows how much it sends'];
  }
  if (!isCustom && rates !== undefined) {
    return ['"rates" is there, wanted only beside a behaviour "custom": those of all others are known'];
  }
  return [];
}
