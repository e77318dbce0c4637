import type { Place } from './candidates.ts';

/** How long a candidate may be known to the other side before it is known here. */
const PATIENCE_MS = 5000;

interface Awaited {
  readonly port: Promise<number>;
  readonly tell: (port: number) => void;
}

/** At which port of the relay each page's own place is reached. */
export class Stands {
  readonly #ports = new Map<string, Awaited>();

  tell(place: Place, port: number): void {
    this.#awaited(place).tell(port);
    this.#ports.set(nameOf(place), { port: Promise.resolve(port), tell: () => undefined });
  }

  /** Waits until it is told; nothing when that takes too long. */
  async find(place: Place): Promise<number | undefined> {
    let overdue: NodeJS.Timeout | undefined;
    const patience = new Promise<undefined>((resolve) => {
      overdue = setTimeout(resolve, PATIENCE_MS, undefined);
    });
    const port = await Promise.race([this.#awaited(place).port, patience]);
    clearTimeout(overdue);
    return port;
  }

  #awaited(place: Place): Awaited {
    const known = this.#ports.get(nameOf(place));
    if (known !== undefined) return known;
    let tell: (port: number) => void = () => undefined;
    const awaited = {
      port: new Promise<number>((resolve) => (tell = resolve)),
      tell: (port: number) => tell(port),
    };
    this.#ports.set(nameOf(place), awaited);
    return awaited;
  }
}

function nameOf({ address, port }: Place): string {
  return `${address}:${port}`;
}
