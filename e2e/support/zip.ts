import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';

/** Unpacks a zip in memory. Resolves with the SHA-256 in hexadecimal of each entry, by path. */
export async function hashesInZip(path: string): Promise<Map<string, string>> {
  const entries = Object.entries(unzipSync(await readFile(path)));
  return new Map(entries.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]));
}
