import { describe, it } from 'vitest';
import { type OpenAgain, storageChecks } from './storageChecks.ts';

/** @param begin an empty disk, and how to open a storage on it, any number of times. */
export function storageSuite(name: string, begin: () => OpenAgain): void {
  describe(`${name} is a storage`, () => {
    for (const check of storageChecks) it(check.name, () => check.run(begin()));
  });
}
