import { type Bytes, toBase64Url } from '@shoal/shared/base/bytes.ts';
import type { InfoHash, PeerId } from '@shoal/shared/base/ids.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import type {
  Announce,
  AnnounceResult,
  Clock,
  Member,
  TrackerConnection,
  TrackerEvents,
} from '@shoal/shared/host/ports.ts';
import { TOKEN_BYTES } from '@shoal/shared/tracker/limit.ts';
import type { AnnouncePayload, ParsedAnnounce, SignalPayload } from '@shoal/shared/tracker/payload.ts';
import { parseTabMessage, type TabMessage } from './tabMessage.ts';
import { TAB_INTERVAL, TabRoster } from './tabRoster.ts';

export interface OtherTabsOptions {
  /** That all tabs of the browser on this page's origin hear. */
  readonly channel: BroadcastChannel;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: TrackerEvents;
}

/** A peer id of this tab in a swarm. */
interface Presence {
  readonly payload: AnnouncePayload;
  /** Another tab may yet claim the id. */
  readonly state: 'claimed' | 'held' | 'taken';
}

/** How long an announce waits for the others, whose number nobody knows. Who is slower is told of when it answers. */
const ANSWER_TIME = 100;
const MOST_EARLY = 100;

/** Tabs of one browser introduce each other and pass signals on, as a tracker does, and with no server. */
export class OtherTabs implements TrackerConnection {
  readonly #options: OtherTabsOptions;
  readonly #token: string;
  readonly #roster: TabRoster;
  readonly #ours = new Map<string, Presence>();
  /** Signals to ids that are being claimed: who is told of a newcomer may be quicker than its claim. */
  #early: SignalPayload[] = [];
  #closed = false;

  constructor(options: OtherTabsOptions) {
    this.#options = options;
    this.#token = toBase64Url(options.random.bytes(TOKEN_BYTES));
    this.#roster = new TabRoster(options.clock);
    options.channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#heard(data);
    queueMicrotask(() => {
      if (!this.#closed) options.events.connected([]);
    });
  }

  announce(announce: Announce): Promise<AnnounceResult> {
    if (this.#closed) return Promise.resolve({ type: 'unreachable' });
    const { infoHash, peerId, event, seeder, check, wanted } = announce;
    const payload = { infoHash, peerId, token: this.#token, event, seeder, check, wanted };
    this.#post({ type: 'announce', payload });
    return event === 'stopped' ? Promise.resolve(this.#stopped(payload)) : this.#claimed(payload);
  }

  signal(infoHash: InfoHash, from: PeerId, to: PeerId, sealed: Bytes): void {
    if (this.#ours.get(infoHash + from)?.state !== 'held') return;
    // A view would take along all that it is a view of.
    this.#post({ type: 'signal', payload: { infoHash, from, to, sealed: sealed.slice() } });
  }

  reconnect(): void {
    // What is within the browser goes by no network.
  }

  close(): void {
    if (this.#closed) return;
    for (const { payload } of this.#ours.values())
      this.#post({ type: 'announce', payload: { ...payload, event: 'stopped' } });
    this.#closed = true;
    this.#options.channel.close();
  }

  async #claimed(payload: AnnouncePayload): Promise<AnnounceResult> {
    const key = payload.infoHash + payload.peerId;
    const held = this.#ours.get(key)?.state === 'held';
    this.#ours.set(key, { payload, state: held ? 'held' : 'claimed' });
    await this.#answers();
    if (this.#ours.get(key)?.state === 'taken') {
      this.#ours.delete(key);
      return { type: 'id-taken' };
    }
    if (this.#closed || !this.#ours.has(key)) return { type: 'unreachable' };
    this.#ours.set(key, { payload, state: 'held' });
    for (const signal of this.#early.splice(0)) this.#signalled(signal);
    return this.#result(payload, this.#roster.members(payload.infoHash).slice(0, payload.wanted));
  }

  #stopped(payload: AnnouncePayload): AnnounceResult {
    this.#ours.delete(payload.infoHash + payload.peerId);
    const result = this.#result(payload, []);
    if (this.#presences(payload.infoHash).length === 0) this.#roster.forget(payload.infoHash);
    return result;
  }

  /** Counts whoever asks, unless it has stopped. */
  #result({ infoHash, seeder, event }: AnnouncePayload, members: readonly Member[]): AnnounceResult {
    const others = this.#roster.members(infoHash);
    const own = event === 'stopped' ? [] : [{ seeder }];
    const seeders = [...others, ...own].filter((each) => each.seeder).length;
    const leechers = others.length + own.length - seeders;
    return { type: 'announced', members, seeders, leechers, interval: TAB_INTERVAL };
  }

  #answers(): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => void clock.at(clock.now() + ANSWER_TIME, resolve));
  }

  #heard(data: unknown): void {
    const message = parseTabMessage(data);
    if (message === undefined) return;
    const { type, payload } = message;
    if (type === 'signal') this.#signalled(payload);
    else if (this.#ours.has(payload.infoHash + payload.peerId)) this.#contested(type, payload);
    else this.#introduced(type, payload);
  }

  #signalled(signal: SignalPayload): void {
    const { infoHash, from, to, sealed } = signal;
    const state = this.#ours.get(infoHash + to)?.state;
    if (state === 'held') this.#options.events.signalled(infoHash, to, from, sealed);
    else if (state === 'claimed' && this.#early.length < MOST_EARLY) this.#early.push(signal);
  }

  /** Another tab says an id of ours: whoever held it first keeps it. */
  #contested(type: 'announce' | 'member', { infoHash, peerId }: ParsedAnnounce): void {
    const presence = this.#ours.get(infoHash + peerId);
    if (presence?.state === 'held' && type === 'announce')
      this.#post({ type: 'member', payload: presence.payload });
    if (presence?.state === 'claimed' && type === 'member')
      this.#ours.set(infoHash + peerId, { ...presence, state: 'taken' });
  }

  #introduced(type: 'announce' | 'member', announced: ParsedAnnounce): void {
    const { infoHash, peerId, check, seeder, event } = announced;
    const presences = this.#presences(infoHash);
    if (presences.length === 0) return;
    if (event === 'stopped') {
      this.#roster.forget(infoHash, peerId);
      return;
    }
    if (type === 'announce') for (const { payload } of presences) this.#post({ type: 'member', payload });
    if (!this.#roster.note(announced)) return;
    for (const { payload, state } of presences)
      if (state === 'held')
        this.#options.events.announced(
          infoHash,
          payload.peerId,
          this.#result(payload, [{ peerId, check, seeder }]),
        );
  }

  #presences(infoHash: InfoHash): readonly Presence[] {
    return [...this.#ours.values()].filter(({ payload }) => payload.infoHash === infoHash);
  }

  #post(message: TabMessage): void {
    if (!this.#closed) this.#options.channel.postMessage(message);
  }
}
