import type { Settings } from '@shoal/shared/host/snapshot.ts';

const UPLOAD_LIMIT = 'shoal.uploadLimit';

/** What the person has set, kept across visits in this browser. */
export function loadSettings(storage: Storage): Settings {
  const limit = Number(storage.getItem(UPLOAD_LIMIT) ?? Number.NaN);
  return { uploadLimit: Number.isSafeInteger(limit) && limit > 0 ? limit : undefined };
}

export function saveSettings(storage: Storage, { uploadLimit }: Settings): void {
  if (uploadLimit === undefined) storage.removeItem(UPLOAD_LIMIT);
  else storage.setItem(UPLOAD_LIMIT, String(uploadLimit));
}
