import { Profile } from '../../support/profile.ts';

/** Runs with a browser that has nothing stored, and is gone afterwards. */
export async function withProfile<T>(use: (profile: Profile) => Promise<T>): Promise<T> {
  const profile = await Profile.create();
  try {
    return await use(profile);
  } finally {
    await profile.remove();
  }
}

/** The same with a sender and so many receivers, one at the least. */
export function withProfiles<T>(
  receivers: number,
  use: (from: Profile, to: readonly [Profile, ...Profile[]]) => Promise<T>,
): Promise<T> {
  const more = (from: Profile, to: readonly [Profile, ...Profile[]]): Promise<T> =>
    to.length < receivers ? withProfile((next) => more(from, [...to, next])) : use(from, to);
  return withProfile((from) => withProfile((first) => more(from, [first])));
}
