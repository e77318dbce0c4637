import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { version } from '../package.json';
import { type Config, parseConfig } from './config.ts';
import { pageProblem } from './page.ts';
import { startServer } from './server.ts';
import { startProblem } from './startProblem.ts';

const PAGE = fileURLToPath(new URL('../../client/dist', import.meta.url));
const EVERYWHERE = [undefined, '0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'];

const configuration = parseConfig(process.env);
if (configuration.type === 'wrong') fail(configuration.problem);
else await run(configuration.config);

async function run(config: Config): Promise<void> {
  const problem = await pageProblem(PAGE);
  if (problem !== undefined) {
    fail(problem);
    return;
  }
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
  if (config.redisUrl !== undefined) log.warn('REDIS_URL is not supported yet: swarms are kept in memory');
  try {
    const server = await startServer(config, { page: PAGE, version, log });
    const stop = () => void server.drain().then(() => process.exit(0));
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
    process.stdout.write(`Shoal is running at ${addressOf(config, server.port)}\n`);
  } catch (error) {
    fail(startProblem(error, config));
  }
}

function addressOf({ host }: Config, port: number): string {
  if (host === undefined || EVERYWHERE.includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function fail(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
