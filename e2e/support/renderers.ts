import { readdir, readFile } from 'node:fs/promises';

/** The processes that run the pages of the Chromium with this directory, where the system tells (Linux). */
export async function renderersOf(directory: string): Promise<readonly number[]> {
  const all = await processesOf(directory);
  return all.filter(({ command }) => command.includes('--type=renderer')).map(({ pid }) => pid);
}

/**
 * The proportional set size of all processes of the Chromium with this directory, in bytes: what is shared by several
 * processes counts for each in part.
 */
export async function memoryOf(directory: string): Promise<number> {
  const all = await processesOf(directory);
  const sizes = await Promise.all(all.map(({ pid }) => read(`/proc/${pid}/smaps_rollup`)));
  return sizes.reduce((sum, text) => sum + Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024, 0);
}

async function processesOf(directory: string): Promise<readonly Process[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(names.map((name) => describe(Number(name))));
  const family = new Set<number>();
  // A child has been started after its parent, and so is met after it, as long as numbers do not begin anew.
  for (const { pid, parent, command } of processes.toSorted((a, b) => a.pid - b.pid))
    if (family.has(parent) || command.includes(`--user-data-dir=${directory}`)) family.add(pid);
  return processes.filter(({ pid }) => family.has(pid));
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function describe(pid: number): Promise<Process> {
  const [stat, command] = await Promise.all([read(`/proc/${pid}/stat`), read(`/proc/${pid}/cmdline`)]);
  // The name of the process stands in brackets, and may have any character.
  const [, parent = 0] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, parent: Number(parent), command };
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
