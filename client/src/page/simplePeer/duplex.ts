type Listener = (...values: readonly unknown[]) => void;

/**
 * In place of `readable-stream` beneath simple-peer: its events, and of a stream only that it ends. Nothing is read from
 * it or written to it here; bytes go through the channel itself.
 */
export class Duplex {
  readonly _readableState = { ended: false };
  readonly _writableState = { finished: false };
  readonly #listeners = new Map<string, readonly Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...this.#of(event), listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const first: Listener = (...values) => {
      this.removeListener(event, first);
      listener(...values);
    };
    return this.on(event, first);
  }

  removeListener(event: string, listener: Listener): this {
    const rest = this.#of(event).filter((each) => each !== listener);
    this.#listeners.set(event, rest);
    return this;
  }

  emit(event: string, ...values: readonly unknown[]): boolean {
    const listeners = this.#of(event);
    for (const listener of listeners) listener(...values);
    return listeners.length > 0;
  }

  push(): boolean {
    return true;
  }

  end(): this {
    return this;
  }

  #of(event: string): readonly Listener[] {
    return this.#listeners.get(event) ?? [];
  }
}
