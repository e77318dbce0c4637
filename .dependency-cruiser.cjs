/** The table of ARCHITECTURE.md ("Folders"), as rules: imports point toward `base`. */
const may = {
  'shared/src/base': [],
  'shared/src/content': ['shared/src/base'],
  'shared/src/wire': ['shared/src/base', 'shared/src/content'],
  'shared/src/tracker': ['shared/src/base'],
  'shared/src/swarm': ['shared/src/base', 'shared/src/content', 'shared/src/wire'],
  'shared/src/dht': ['shared/src/(base|content)'],
  'shared/src/host': ['shared/src/(base|content|wire|tracker|swarm|dht)'],
  'shared/src/platform': ['shared/src/(base|content|host)'],
  'shared/src/acceptance': ['shared/src'],
  'shared/sim': ['shared/src'],
  'shared/bench': ['shared'],
  'client/src/engine': ['shared/src', 'client/src/serviceWorker/(saveMessage|spentMemory).ts'],
  'client/src/page': ['shared/src', 'client/src/engine', 'client/src/ui', 'client/src/serviceWorker'],
  'client/src/ui': ['shared/src/host/snapshot.ts'],
  'client/src/serviceWorker': [],
  'server/src': ['shared/src/(base|tracker)', 'server/package.json'],
  e2e: [],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'tests-are-leaves',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$' },
    },
    ...Object.entries(may).map(([folder, allowed]) => ({
      name: `${folder} imports only what it may`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(client|server|shared|e2e)/',
        pathNot: [`^${folder}/`, ...allowed.map((place) => `^${place}(/|$)`)],
      },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
