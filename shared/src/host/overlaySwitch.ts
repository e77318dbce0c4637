import type { Bytes } from '../base/bytes.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import { SECOND } from '../base/time.ts';
import type { MemberOverlay, OverlayMember } from './overlayMember.ts';
import type { DhtSetting, EntrySnapshot, OverlaySnapshot } from './snapshot.ts';
import type { Surroundings } from './surroundings.ts';

/** Of a first contact: what both of its codes have in common. */
export type ContactName = string;

export interface MadeCode {
  readonly code: string;
  readonly contact: ContactName;
}

/** What came of a code that a person has brought. */
export type CodeResult =
  /** It was an invitation: this is to be carried back to whoever made it. */
  | ({ readonly type: 'answer'; readonly share: InfoHash | undefined } & MadeCode)
  /** It was the answer to an invitation of ours. */
  | { readonly type: 'taken'; readonly contact: ContactName }
  | { readonly type: 'refused'; readonly reason: NonNullable<EntrySnapshot['problem']> };

/** First contacts by codes, which people or tabs carry from one to the other: an invitation there, an answer back. */
export interface EntryPort {
  /** @param share that both are to meet in, where that is meant. Nothing when there is no connection to be had. */
  invite(share: InfoHash | undefined): Promise<MadeCode | undefined>;
  take(code: string): Promise<CodeResult>;
  /** Nothing when it has ended, however. */
  stateOf(contact: ContactName): 'waiting' | 'connected' | undefined;
}

export interface OverlayStatus {
  /** To how many nodes. */
  readonly links: number;
  /** Connections made for the DHT alone. */
  readonly own: number;
}

/** The part that is loaded only when it is of use: a node of the DHT and all that it needs. */
export interface Overlay extends MemberOverlay {
  readonly status: OverlayStatus;
  readonly entries: EntryPort;
  keepCompany(company: 'anybody' | 'swarm-members'): void;
  woke(): void;
  end(): void;
}

export type OverlayTools = Omit<Surroundings, 'overlay'> & { changed(): void };
export type MakeOverlay = (tools: OverlayTools) => Overlay;

export interface OverlaySwitchOptions {
  /** Fetches the code. Rejects when that fails; it is asked again. Without one there is no overlay. */
  readonly load: (() => Promise<MakeOverlay>) | undefined;
  readonly tools: OverlayTools;
  readonly setting: DhtSetting;
}

/** After the page has begun: the code must not delay it, and the server may be gone when it is wanted. */
const SOON = 10 * SECOND;
const RETRY = 20 * SECOND;

/** Has the overlay loaded when it is of use, and turns it off and on. */
export class OverlaySwitch implements MemberOverlay {
  readonly #options: OverlaySwitchOptions;
  readonly #members = new Set<OverlayMember>();
  #setting: DhtSetting;
  #overlay: Overlay | undefined;
  #loading: Promise<Overlay | undefined> | undefined;
  #cancel: (() => void) | undefined;
  #hasBegun = false;
  #hasMet = false;
  #ended = false;

  constructor(options: OverlaySwitchOptions) {
    this.#options = options;
    this.#setting = options.setting;
  }

  get state(): OverlaySnapshot['state'] {
    if (this.#setting === 'off') return 'off';
    return this.#overlay === undefined ? 'waiting' : 'on';
  }

  get status(): OverlayStatus | undefined {
    return this.#overlay?.status;
  }

  contactState(contact: ContactName): ReturnType<EntryPort['stateOf']> {
    return this.#overlay?.entries.stateOf(contact);
  }

  /** The page has begun. */
  start(): void {
    this.#after(SOON, () => {
      this.#hasBegun = true;
      if (this.#setting === 'always' || this.#hasMet) this.need();
      else if (this.#setting !== 'off') this.#options.load?.().catch(() => undefined);
    });
  }

  /** A peer was met: there is somebody to ask, and no hurry. */
  met(): void {
    this.#hasMet = true;
    if (this.#hasBegun) this.need();
  }

  /** There is no other way to meet anybody. */
  need(): void {
    void this.get();
  }

  /** Nothing when it is turned off, or cannot be loaded. */
  get(): Promise<Overlay | undefined> {
    if (this.#ended || this.#setting === 'off') return Promise.resolve(undefined);
    this.#loading ??= this.#begin();
    return this.#loading;
  }

  set(setting: DhtSetting): void {
    const before = this.#setting;
    this.#setting = setting;
    if (setting === 'off') this.#turnOff();
    else if (setting === 'always' || (before === 'off' && this.#members.size > 0)) this.need();
    this.#keepCompany();
  }

  /** Ends all connections of the overlay and makes new ones, by the rules that hold now, under another key. */
  renew(): void {
    if (this.#overlay === undefined) return;
    this.#turnOff();
    this.need();
  }

  joined(member: OverlayMember): void {
    this.#members.add(member);
    this.#overlay?.joined(member);
    this.#keepCompany();
  }

  left(member: OverlayMember): void {
    this.#members.delete(member);
    this.#overlay?.left(member);
    this.#keepCompany();
  }

  opened(member: OverlayMember, peer: PeerId): void {
    this.#overlay?.opened(member, peer);
  }

  received(member: OverlayMember, peer: PeerId, payload: Bytes): void {
    this.#overlay?.received(member, peer, payload);
  }

  closed(member: OverlayMember, peer: PeerId): void {
    this.#overlay?.closed(member, peer);
  }

  relay(member: OverlayMember, to: PeerId, sealed: Bytes): void {
    this.#overlay?.relay(member, to, sealed);
  }

  woke(): void {
    this.#overlay?.woke();
  }

  end(): void {
    this.#ended = true;
    this.#cancel?.();
    this.#overlay?.end();
    this.#overlay = undefined;
  }

  async #begin(): Promise<Overlay | undefined> {
    const { load, tools } = this.#options;
    try {
      const make = await load?.();
      if (make !== undefined && this.#isWanted()) this.#turnOn(make(tools));
    } catch {
      this.#loading = undefined;
      this.#after(RETRY, () => this.need());
    }
    return this.#overlay;
  }

  #isWanted(): boolean {
    return !this.#ended && this.#setting !== 'off';
  }

  #turnOn(overlay: Overlay): void {
    this.#overlay = overlay;
    for (const member of this.#members) overlay.joined(member);
    this.#keepCompany();
    this.#options.tools.changed();
  }

  #turnOff(): void {
    this.#overlay?.end();
    this.#overlay = undefined;
    this.#loading = undefined;
    for (const member of this.#members) member.feed({ type: 'overlay', on: false });
  }

  #keepCompany(): void {
    const strangers = this.#setting === 'always' || this.#members.size > 0;
    this.#overlay?.keepCompany(strangers ? 'anybody' : 'swarm-members');
  }

  #after(delay: number, call: () => void): void {
    const { clock } = this.#options.tools;
    this.#cancel?.();
    this.#cancel = clock.at(clock.now() + delay, call);
  }
}
