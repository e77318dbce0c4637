import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const SERVICE_WORKER = 'serviceWorker';
const TRACKER = 'http://localhost:8080';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const serviceWorker = place('src/serviceWorker/main.ts');

/** A service worker is registered as a classic script, which cannot import. */
function standsAlone(): Plugin {
  return {
    name: 'service-worker-stands-alone',
    generateBundle(_, bundle) {
      const chunk = bundle[`${SERVICE_WORKER}.js`];
      if (chunk?.type !== 'chunk') return;
      const tied = [...chunk.imports, ...chunk.dynamicImports, ...chunk.exports];
      if (tied.length > 0)
        this.error(`${chunk.fileName}: expected no imports and exports, received ${tied.join(', ')}`);
    },
  };
}

export default defineConfig({
  plugins: [standsAlone()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    // Its CommonJS entry expects Node's globals.
    alias: [{ find: /^simple-peer$/, replacement: 'simple-peer/simplepeer.min.js' }],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: place('index.html'),
        ...(existsSync(serviceWorker) ? { [SERVICE_WORKER]: serviceWorker } : {}),
      },
      output: {
        entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/socket.io': { target: TRACKER, ws: true } } },
});
