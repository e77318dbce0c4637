import type { TrackerEvents } from '@shoal/shared/host/ports.ts';

/** Keeps what a tracker tells until there is somebody to tell it to. */
export class HeldEvents implements TrackerEvents {
  #held: ((events: TrackerEvents) => void)[] = [];
  #listener: TrackerEvents | undefined;

  /** Tells what has been kept, in its order and after the task under way, and all that comes later. */
  release(listener: TrackerEvents): void {
    queueMicrotask(() => {
      this.#listener = listener;
      for (const tell of this.#held) tell(listener);
      this.#held = [];
    });
  }

  connected: TrackerEvents['connected'] = (ice) => this.#tell((events) => events.connected(ice));
  ice: TrackerEvents['ice'] = (servers) => this.#tell((events) => events.ice(servers));
  disconnected: TrackerEvents['disconnected'] = () => this.#tell((events) => events.disconnected());
  signalled: TrackerEvents['signalled'] = (infoHash, to, from, sealed) =>
    this.#tell((events) => events.signalled(infoHash, to, from, sealed));

  #tell(tell: (events: TrackerEvents) => void): void {
    if (this.#listener === undefined) this.#held.push(tell);
    else tell(this.#listener);
  }
}
