import type { Bytes } from '../src/base/bytes.ts';
import type { SwarmOutput } from '../src/swarm/io.ts';
import type { Endpoint } from './connection.ts';
import type { Observed, Referee } from './referee.ts';
import { Mouth } from './rivals/mouth.ts';
import type { Speech } from './rivals/rival.ts';
import type { SimTransport } from './simTransport.ts';

/** What a peer says to others, under the referee's eyes: the words of its swarm, or a liar's in their place. */
export class SimSpeech {
  readonly #peer: Observed;
  readonly #transport: SimTransport;
  readonly #referee: Referee;
  readonly #says: Speech | undefined;
  readonly #mouths = new WeakMap<Endpoint, Mouth>();

  constructor(peer: Observed, transport: SimTransport, referee: Referee, says: Speech | undefined) {
    this.#peer = peer;
    this.#transport = transport;
    this.#referee = referee;
    this.#says = says;
  }

  send({ peer, frames }: SwarmOutput & { type: 'send' }): void {
    const endpoint = this.#transport.endpoint(peer);
    if (endpoint === undefined) return;
    const said = this.#words(endpoint, frames);
    this.#referee.sent(this.#peer, endpoint, said);
    this.#transport.send(peer, said);
    this.#referee.queued(this.#peer, endpoint.queued);
  }

  #words(endpoint: Endpoint, frames: readonly Bytes[]): readonly Bytes[] {
    if (this.#says === undefined) return frames;
    const mouth = this.#mouths.get(endpoint) ?? new Mouth(this.#says);
    this.#mouths.set(endpoint, mouth);
    return mouth.speak(frames);
  }
}
