import { spawnSync } from 'node:child_process';

const PROJECTS = [
  'shared/tsconfig.pure.json',
  'shared/tsconfig.json',
  'client/tsconfig.json',
  'client/tsconfig.engine.json',
  'client/tsconfig.test.json',
  'server/tsconfig.json',
  'e2e/tsconfig.json',
  'tsconfig.tools.json',
];

let failed = false;
for (const project of PROJECTS) {
  const { status } = spawnSync(
    'npx',
    [
      'tsc',
      '--incremental',
      '--tsBuildInfoFile',
      `node_modules/.cache/tsc/${project}.tsbuildinfo`,
      '-p',
      project,
    ],
    { stdio: 'inherit' },
  );
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
