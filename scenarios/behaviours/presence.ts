/** What a user of the scenario `presence` does from the moment it is connected until it leaves. */
import type { User } from '../../loadgen/index.ts';

/** Joins a room, hears who else comes, and asks now and then how many are there. */
export async function behaviour(user: User): Promise<void> {
  const { rooms, every } = user.options as { rooms: number; every: number };
  const room = `room/${user.number % rooms}`;
  await user.subscribe(room);
  await user.call('join', room);
  for await (const due of user.turns(every)) await user.call('count', room, due);
}
