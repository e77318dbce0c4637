import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One line for a person when there is no page to serve in this folder, else nothing. */
export async function pageProblem(folder: string): Promise<string | undefined> {
  const file = join(folder, 'index.html');
  try {
    await readFile(file);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `The page cannot be read from ${file} (${code}). Build it with npm start.`;
  }
}
