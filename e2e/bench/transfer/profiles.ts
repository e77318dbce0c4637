import { Profile } from '../../support/profile.ts';

/** Runs with a sender and so many receivers, each a browser with nothing stored, which are gone afterwards. */
export async function withProfiles<T>(
  receivers: number,
  use: (from: Profile, to: readonly [Profile, ...Profile[]]) => Promise<T>,
): Promise<T> {
  const profiles: Profile[] = [];
  try {
    const next = async () => {
      const profile = await Profile.create();
      profiles.push(profile);
      return profile;
    };
    const [from, first] = [await next(), await next()];
    while (profiles.length <= receivers) await next();
    return await use(from, [first, ...profiles.slice(2)]);
  } finally {
    await Promise.all(profiles.map((profile) => profile.remove()));
  }
}
