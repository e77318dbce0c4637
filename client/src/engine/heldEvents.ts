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
  disconnected: TrackerEvents['disconnected'] = (retryIn) =>
    this.#tell((events) => events.disconnected(retryIn));
  signalled: TrackerEvents['signalled'] = (infoHash, to, from, sealed) =>
    this.#tell((events) => events.signalled(infoHash, to, from, sealed));
  announced: TrackerEvents['announced'] = (infoHash, peerId, result) =>
    this.#tell((events) => events.announced(infoHash, peerId, result));
  changed: TrackerEvents['changed'] = () => this.#tell((events) => events.changed());

  #tell(tell: (events: TrackerEvents) => void): void {
    if (this.#listener === undefined) this.#held.push(tell);
    else tell(this.#listener);
  }
}
