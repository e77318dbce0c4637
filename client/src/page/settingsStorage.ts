/** Where what a person has set outlives the page. A convenience: what fails is as if nothing had been kept. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param storage gives the browser's own. It throws where cookies are blocked, and so do its methods when it is full. */
export function settingsStorage(storage: () => Storage): SettingsStorage {
  return {
    getItem: (key) => attempted(() => storage().getItem(key)) ?? null,
    setItem: (key, value) => attempted(() => storage().setItem(key, value)),
    removeItem: (key) => attempted(() => storage().removeItem(key)),
  };
}

function attempted<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
