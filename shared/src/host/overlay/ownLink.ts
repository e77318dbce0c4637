import type { Bytes } from '../../base/bytes.ts';
import type { Time } from '../../base/time.ts';
import type { ProvenConnection } from '../../dht/connectionProof.ts';
import { normalFingerprint } from '../../wire/fingerprint.ts';
import type { Signal } from '../../wire/signal.ts';
import type { Fingerprints, PeerKey } from '../ports.ts';
import type { OverlayTools } from '../overlaySwitch.ts';
import type { ConnectionOwner } from '../surroundings.ts';
import type { LinkEnd } from './linkBook.ts';
import { LinkStream } from './linkStream.ts';

export interface OwnLinkOptions {
  readonly role: 'initiator' | 'responder';
  /** How long it may take to open. */
  readonly patience: Time;
  /** Whose key has to be proven, where that is known. */
  readonly expected?: Bytes;
  /** Whether it may take minutes until anything comes of the other side. */
  readonly patient?: boolean;
}

export interface OwnLinkEvents {
  /** Our side has something to tell the other. */
  signal(signal: Signal): void;
  /** Open, to somebody who speaks the DHT's extension. */
  opened(connection: ProvenConnection): void;
  received(payload: Bytes): void;
  /** Once, by whomever: it could not be made, or is gone. */
  ended(): void;
}

/** What may wait to be sent. */
const MAX_BACKLOG = 256 * 1024;
const LANE = 0;

/** What a link needs of its surroundings. */
export type LinkTools = Pick<OverlayTools, 'clock' | 'directory' | 'transport' | 'ice'>;

/** A connection to another page, made for the DHT and for nothing else. */
export class OwnLink implements ConnectionOwner, LinkEnd {
  #expected: Bytes | undefined;
  usedAt: Time;
  readonly #tools: LinkTools;
  readonly #options: OwnLinkOptions;
  readonly #events: OwnLinkEvents;
  readonly #key: PeerKey;
  readonly #stream: LinkStream;
  #state: 'making' | 'greeting' | 'open' | 'ended' = 'making';
  #since: Time;
  #heardAt: Time;
  #saidAt: Time;
  #credit = 0;
  #fingerprints: Fingerprints | undefined;

  constructor(tools: LinkTools, options: OwnLinkOptions, events: OwnLinkEvents) {
    const { clock, directory, transport } = tools;
    this.#tools = tools;
    this.#options = options;
    this.#events = events;
    this.#expected = options.expected;
    const now = clock.now();
    this.#since = this.#heardAt = this.#saidAt = this.usedAt = now;
    this.#stream = new LinkStream({
      greeted: () => this.#greeted(),
      received: (payload) => {
        this.usedAt = clock.now();
        events.received(payload);
      },
    });
    this.#key = directory.add(this);
    transport.open(this.#key, LANE, options.role, { ...tools.ice(), patient: options.patient === true });
  }

  get state(): 'making' | 'greeting' | 'open' | 'ended' {
    return this.#state;
  }

  /** Whose key has to be proven; nothing as long as that is not known. */
  get expected(): Bytes | undefined {
    return this.#expected;
  }

  expect(publicKey: Bytes): void {
    this.#expected = publicKey;
  }

  /** What the other side says, to connect. */
  hear(signal: Signal): void {
    if (this.#state === 'making') this.#tools.transport.signal(this.#key, LANE, signal);
  }

  send(payload: Bytes): void {
    const frame = this.#stream.frame(payload);
    if (frame !== undefined) this.#say(frame);
  }

  end(): void {
    if (this.#state === 'ended') return;
    this.#tools.transport.close(this.#key, LANE);
    this.#gone();
  }

  /** Now and then: ends what takes too long or is silent, and says that we are there. */
  look(keepAlive: Time, silence: Time): void {
    const now = this.#tools.clock.now();
    const { patience } = this.#options;
    if (this.#state === 'making' ? now - this.#since > patience : now - this.#heardAt > silence)
      return this.end();
    if (this.#state !== 'making' && now - this.#saidAt >= keepAlive) this.#say(this.#stream.keepAlive());
  }

  woke(): void {
    this.#heardAt = this.#tools.clock.now();
    if (this.#state === 'open') this.#say(this.#stream.keepAlive());
  }

  signalled(_lane: number, signal: Signal): void {
    if (this.#state === 'making') this.#events.signal(signal);
  }

  opened(_lane: number, { local, remote }: Fingerprints): void {
    if (this.#state !== 'making') return this.end();
    this.#state = 'greeting';
    this.#heardAt = this.#tools.clock.now();
    this.#fingerprints = { local: normalFingerprint(local), remote: normalFingerprint(remote) };
    this.#say(this.#stream.start());
  }

  received(_lane: number, bytes: Bytes): void {
    this.#heardAt = this.#tools.clock.now();
    if (this.#stream.push(bytes) === 'malformed') this.end();
  }

  credited(_lane: number, bytes: number): void {
    this.#credit += bytes;
  }

  routeFound(): void {
    // Nobody is shown it.
  }

  pathIs(): void {
    // Silence shows it soon enough.
  }

  closed(): void {
    this.#gone();
  }

  #greeted(): void {
    const fingerprints = this.#fingerprints;
    if (this.#state !== 'greeting' || fingerprints === undefined) return;
    this.#state = 'open';
    this.#events.opened({ role: this.#options.role, fingerprints });
  }

  #say(frame: Bytes): void {
    if (this.#state === 'ended') return;
    this.#saidAt = this.#tools.clock.now();
    this.#credit -= frame.length;
    if (this.#credit < -MAX_BACKLOG) return this.end();
    this.#tools.transport.send(this.#key, LANE, [frame]);
  }

  #gone(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#tools.directory.remove(this.#key);
    this.#events.ended();
  }
}
