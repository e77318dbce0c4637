import { readFile } from 'node:fs/promises';

const TABLE = '/proc/net/udp';
const [LOCAL, INODE, DROPS] = [1, 9, 12];

/**
 * Counts what the kernel drops for want of room in the receive buffers of sockets. Where the system does not tell
 * (elsewhere than on Linux) nothing is counted.
 */
export class KernelDrops {
  /** By inode, for a port may be used again; a socket that is gone is still counted as it was last seen. */
  readonly #seen = new Map<string, number>();

  /** Looks at the sockets on these ports; resolves with all the drops of those that were ever looked at. */
  async count(ports: ReadonlySet<number>): Promise<number> {
    const table = await readFile(TABLE, 'utf8').catch(() => '');
    for (const line of table.split('\n').slice(1)) this.#note(line.trim().split(/\s+/), ports);
    return [...this.#seen.values()].reduce((sum, drops) => sum + drops, 0);
  }

  #note(fields: readonly string[], ports: ReadonlySet<number>): void {
    const [local, inode, drops] = [fields[LOCAL], fields[INODE], fields[DROPS]];
    if (local === undefined || inode === undefined || drops === undefined) return;
    if (ports.has(Number.parseInt(local.split(':')[1] ?? '', 16))) this.#seen.set(inode, Number(drops));
  }
}
