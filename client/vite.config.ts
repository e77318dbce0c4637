import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const SERVICE_WORKER = 'serviceWorker';
const TRACKER = 'http://localhost:8080';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const serviceWorker = place('src/serviceWorker/main.ts');

/**
 * simple-peer's own source, without what it carries along of Node: three quarters of its prebuilt file, and of no use
 * where bytes go through the channel itself.
 */
const SIMPLE_PEER = [
  { find: /^simple-peer$/, replacement: 'simple-peer/index.js' },
  { find: /^readable-stream$/, replacement: place('src/page/simplePeer/duplex.ts') },
  { find: /^randombytes$/, replacement: place('src/page/simplePeer/randomBytes.ts') },
  { find: /^debug$/, replacement: place('src/page/simplePeer/debug.ts') },
  { find: /^buffer$/, replacement: place('src/page/simplePeer/buffer.ts') },
];

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
    alias: SIMPLE_PEER,
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
