import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { headersFile, metaPolicy } from '../server/src/policy.ts';

const SERVICE_WORKER = 'serviceWorker';
const BEGINNING = 'beginning';
const TRACKER = 'http://localhost:8080';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const serviceWorker = place('src/serviceWorker/main.ts');
const PUBLIC = place('public');

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

/** Of a page whose trackers are not where it comes from: URLs, with commas between. */
function trackersOf(text = ''): readonly string[] {
  const trackers = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  for (const tracker of trackers)
    if (!/^wss?:\/\/[^\s/]+\/?$/.test(tracker))
      throw new Error(
        `SHOAL_TRACKERS: expected addresses like wss://tracker.example.org, received ${tracker}`,
      );
  return trackers;
}

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
        const attrs = { type: 'module', crossorigin: true, src: `./${beginning.fileName}` };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}

const COPY = '?signatures';

/**
 * What signatures need of hashes is SHA-512. It is in one module with SHA-256, and would come along in the engine's first
 * script: they get a copy of that module, and of the one that is for SHA-512 alone.
 */
function hashesForSignatures(): Plugin {
  return {
    name: 'hashes-for-signatures',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const signing = source.startsWith('@noble/hashes/') && importer?.includes('/@noble/curves/') === true;
      const within = source === './_u64.js' && importer?.endsWith(COPY) === true;
      if (!signing && !within) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      return resolved && { ...resolved, id: resolved.id + COPY };
    },
  };
}

/** Chunks stand alone, and the page has one style sheet: there is nothing to fetch beside a chunk, and no helper for it. */
function loadsPlainly(): Plugin {
  return {
    name: 'chunks-load-plainly',
    enforce: 'pre',
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
  };
}

/** The service worker is told what the page is made of, all of it, so that it can keep it. */
function isKept(): Plugin {
  return {
    name: 'page-is-kept',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[`${SERVICE_WORKER}.js`];
        const index = bundle['index.html'];
        if (worker?.type !== 'chunk' || index?.type !== 'asset') return;
        const built = Object.keys(bundle).filter(
          (name) => name !== worker.fileName && name !== index.fileName,
        );
        const copied = readdirSync(PUBLIC).sort();
        const digest = createHash('sha256').update(index.source).update(built.sort().join());
        for (const name of copied) digest.update(name).update(readFileSync(`${PUBLIC}/${name}`));
        const files = { version: digest.digest('base64url').slice(0, 12), files: ['', ...built, ...copied] };
        worker.code = `self.pageFiles=${JSON.stringify(files)};\n${worker.code}`;
      },
    },
  };
}

/** Hosts that serve files and nothing else: the policy is in the page, and in a file that some of them read. */
function needsNoServer(): Plugin {
  return {
    name: 'page-needs-no-server',
    apply: 'build',
    // Written last, so that it comes first and covers all else.
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy() },
          injectTo: 'head-prepend',
        },
      ],
    },
    // After the list of what is kept.
    writeBundle: ({ dir = '' }) => writeFileSync(`${dir}/_headers`, headersFile()),
  };
}

export default defineConfig({
  base: './',
  define: { __TRACKERS__: JSON.stringify(trackersOf(process.env['SHOAL_TRACKERS'])) },
  plugins: [standsAlone(), beginsFirst(), loadsPlainly(), isKept(), needsNoServer()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: [...SIMPLE_PEER, ...SOCKET_IO],
  },
  worker: { format: 'es', plugins: () => [hashesForSignatures()] },
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
