/** Runs everything that must pass, each step even when one before it failed. The last line: `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { checkNode } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'shoal-test-'));
const total = { passed: 0, failed: 0 };

/** Does the work, which returns `{ passed, failed, output }`, and prints a line about it; its output only when it failed. */
async function step(name, work) {
  const started = Date.now();
  const { passed, failed, output } = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    output: String(error),
  }));
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) console.log(output.trimEnd());
  const counts = passed + failed > 1 ? `, ${passed} passed, ${failed} failed` : '';
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s${counts})`);
}

/** A function of prepare.mjs, in a process of its own because it ends its process on failure. Counts only when it fails. */
async function prepare(name) {
  const script = `import { ${name} } from './scripts/prepare.mjs'; await ${name}();`;
  const { status, output } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  return { passed: 0, failed: status === 0 ? 0 : 1, output };
}

async function check(script) {
  const { status, output } = await run('npm', ['run', '--silent', script]);
  return status === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}

async function checks(scripts) {
  for (const [name, script] of Object.entries(scripts)) await step(name, () => check(script));
}

/** A runner that also writes a report in JSON, which `count` reads. A failure that no test shows counts as one. */
async function suite(command, args, report, count, options = {}) {
  const { status, output } = await run(command, args, options);
  const counted = counts(report, count);
  const failed = status === 0 ? counted.failed : Math.max(counted.failed, 1);
  return { passed: counted.passed, failed, output };
}

function counts(report, count) {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function run(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ status: 1, output: String(error) }));
    child.once('close', (status) => resolve({ status, output }));
  });
}

function unitTests() {
  const report = join(scratch, 'unit.json');
  const args = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return suite('npx', args, report, ({ numPassedTests, numFailedTests }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
  }));
}

async function browserTests() {
  const report = join(scratch, 'browser.json');
  const env = { ...process.env, SHOAL_CHROMIUM: ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const count = ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky });
  const options = { cwd: join(ROOT, 'e2e'), env };
  return suite('npx', ['playwright', 'test', '--reporter=list,json'], report, count, options);
}

checkNode();
await step('packages', () => prepare('installIfMissing'));
await step('build', () => prepare('buildIfStale'));
// Side by side, each on a core: together they take no longer than the linter alone.
await Promise.all([
  checks({
    types: 'check:types',
    format: 'check:format',
    'import boundaries': 'check:boundaries',
    'unused code': 'check:unused',
  }),
  checks({ lint: 'check:lint' }),
]);
await step('unit and simulated', unitTests);
await step('browsers', browserTests);

rmSync(scratch, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
