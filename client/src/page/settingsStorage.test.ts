import { describe, expect, it } from 'vitest';
import { loadSettings, saveSettings } from './settings.ts';
import { settingsStorage } from './settingsStorage.ts';

const settings = { uploadLimit: 100, relayOnly: true, dht: 'off' } as const;

describe('settingsStorage', () => {
  it('keeps what the browser keeps', () => {
    const items = new Map<string, string>();
    const kept: Storage = {
      length: 0,
      clear: () => undefined,
      key: () => null,
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    };
    const storage = settingsStorage(() => kept);
    saveSettings(storage, settings);
    expect(loadSettings(storage)).toEqual(settings);
    saveSettings(storage, { uploadLimit: undefined, relayOnly: false });
    expect(items.size).toBe(0);
  });

  it('row 36: has nothing where the browser refuses', () => {
    const storage = settingsStorage(() => {
      throw new DOMException('Access is denied.', 'SecurityError');
    });
    saveSettings(storage, settings);
    expect(loadSettings(storage)).toEqual({ uploadLimit: undefined, relayOnly: false });
  });
});
