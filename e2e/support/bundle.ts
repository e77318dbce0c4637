import { fileURLToPath } from 'node:url';
import { build, loadConfigFromFile } from 'vite';

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** One classic script of an entry and all that it imports, for a page that is not the real one. */
export async function bundle(entry: string): Promise<string> {
  const page = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    place('client/vite.config.ts'),
  );
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: place('client'),
    ...(page?.config.resolve && { resolve: page.config.resolve }),
    build: { write: false, lib: { entry: place(entry), formats: ['iife'], name: 'bundle' } },
  });
  const [output] = Array.isArray(built) ? built : [];
  if (output === undefined) throw new Error(`${entry}: expected one script, received none`);
  return output.output[0].code;
}
