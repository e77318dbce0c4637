import type { Command, DhtSetting, Settings } from '@shoal/shared/host/snapshot.ts';
import type { SettingsStorage } from './settingsStorage.ts';

const UPLOAD_LIMIT = 'shoal.uploadLimit';
const RELAY_ONLY = 'shoal.relayOnly';
const DHT = 'shoal.dht';
const DHT_SETTINGS: readonly DhtSetting[] = ['off', 'whileSharing', 'always'];

/** What the person has set, kept across visits in this browser. */
export function loadSettings(storage: SettingsStorage): Settings {
  const limit = Number(storage.getItem(UPLOAD_LIMIT) ?? Number.NaN);
  const dht = DHT_SETTINGS.find((each) => each === storage.getItem(DHT));
  return {
    uploadLimit: Number.isSafeInteger(limit) && limit > 0 ? limit : undefined,
    relayOnly: storage.getItem(RELAY_ONLY) !== null,
    ...(dht && { dht }),
  };
}

export function saveSettings(storage: SettingsStorage, { uploadLimit, relayOnly, dht }: Settings): void {
  if (uploadLimit === undefined) storage.removeItem(UPLOAD_LIMIT);
  else storage.setItem(UPLOAD_LIMIT, String(uploadLimit));
  if (relayOnly) storage.setItem(RELAY_ONLY, 'yes');
  else storage.removeItem(RELAY_ONLY);
  if (dht === undefined) storage.removeItem(DHT);
  else storage.setItem(DHT, dht);
}

/** What the settings become by a command, at once: the engine may still be busy when the page goes. */
export function changedSettings(settings: Settings, command: Command): Settings | undefined {
  if (command.type === 'set-upload-limit') return { ...settings, uploadLimit: command.limit };
  if (command.type === 'set-dht') return { ...settings, dht: command.to };
  if (command.type === 'set-relay-only') return { ...settings, relayOnly: command.on };
  return undefined;
}
