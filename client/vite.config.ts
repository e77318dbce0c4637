import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const SERVICE_WORKER = 'serviceWorker';
const BEGINNING = 'beginning';
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

/** The tracker is spoken to by WebSocket alone. */
const SOCKET_IO = [
  {
    find: /^\.\/(transports\/)?(polling-xhr|polling-xhr\.node|polling-fetch|webtransport)\.js$/,
    replacement: place('src/engine/absentTransports.ts'),
  },
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

/** The engine starts while the rest of the page is still being fetched and read. */
function beginsFirst(): Plugin {
  return {
    name: 'beginning-comes-first',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {});
        const beginning = chunks.find((chunk) => chunk.type === 'chunk' && chunk.name === BEGINNING);
        if (beginning === undefined) return [];
        const attrs = { type: 'module', crossorigin: true, src: `/${beginning.fileName}` };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}

export default defineConfig({
  plugins: [standsAlone(), beginsFirst()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: [...SIMPLE_PEER, ...SOCKET_IO],
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
        [BEGINNING]: place('src/page/beginning.ts'),
        ...(existsSync(serviceWorker) ? { [SERVICE_WORKER]: serviceWorker } : {}),
      },
      output: {
        entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/socket.io': { target: TRACKER, ws: true } } },
});
