/**
 * One user, from the moment it is connected. When its connection is over, so is this.
 *
 * @type {import('socketcluster-bench/loadgen').OwnBehaviour}
 */
export async function behaviour(user) {
  const { room } = /** @type {{ room: string }} */ (user.options);
  await user.subscribe(room);
  for await (const due of user.turns(2)) {
    const sum = await user.call('add', { a: user.number, b: 1 }, due);
    if (user.random() < 0.1) user.publish(room, { sum });
  }
}
