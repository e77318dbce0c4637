import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Path of a Chromium: `SHOAL_CHROMIUM`, else one installed on this machine, else playwright's own.
 * @throws Error saying what to do when there is none.
 */
export function findChromium(): string {
  const found = process.env['SHOAL_CHROMIUM'] ?? onPath() ?? chromium.executablePath();
  if (existsSync(found)) return found;
  throw new Error(
    `Chromium: expected one at ${found}, found none. Install chromium, or set SHOAL_CHROMIUM to one.`,
  );
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
