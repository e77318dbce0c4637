import type { Config } from './config.ts';

const NO_SUCH_HOST: readonly unknown[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'];

/** One line for a person: why the server could not start. */
export function startProblem(error: unknown, { port, host }: Config): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `PORT ${port} is already in use. Set PORT to another one.`;
  if (code === 'EACCES') return `PORT ${port} may not be opened by this user. Set PORT to another one.`;
  if (NO_SUCH_HOST.includes(code)) return `HOST must be an address of this machine, but is "${host ?? ''}".`;
  return error.message;
}
