import { type Bytes, equal, toHex } from '../../base/bytes.ts';
import type { InfoHash } from '../../base/ids.ts';
import { MINUTE, SECOND } from '../../base/time.ts';
import type { Identity } from '../../dht/identity.ts';
import type { LinkKey } from '../../dht/link.ts';
import { OFFER_ID } from '../../dht/signalPayload.ts';
import type { CodeResult, ContactName, EntryPort, MadeCode, OverlayTools } from '../overlaySwitch.ts';
import type { Signal } from '../../wire/signal.ts';
import { Description, type Described } from './description.ts';
import type { LinkUse } from './dialling.ts';
import { formatCode, type Invitation, parseCode } from './invitation.ts';
import type { OwnLink } from './ownLink.ts';
import type { OwnLinks } from './ownLinks.ts';

/** Codes are carried by people. */
const PATIENCE = 15 * MINUTE;
/** A browser gives up on addresses that stay silent for 15 s, and a NAT on the way forgets them: they are told anew. */
const RETELLING = 16 * SECOND;
/** A server that is gone must not keep us waiting for what it would say of our address. */
const GATHERING = { quiet: SECOND, longest: 4 * SECOND };
const MAX_WAITING = 4;

interface Entry {
  readonly offerId: Bytes;
  readonly link: OwnLink;
  readonly code: Promise<string | undefined>;
  readonly role: 'initiator' | 'responder';
  state: 'waiting' | 'connected';
}

type Tools = Pick<OverlayTools, 'crypto' | 'random' | 'clock' | 'changed'>;

/** First contacts by codes: our invitations, and those of others that we have answered. */
export class Entries implements EntryPort {
  readonly #tools: Tools;
  readonly #self: Identity;
  readonly #links: OwnLinks;
  readonly #use: LinkUse;
  /** The oldest first. */
  readonly #entries = new Map<string, Entry>();

  constructor(tools: Tools, self: Identity, links: OwnLinks, use: LinkUse) {
    this.#tools = tools;
    this.#self = self;
    this.#links = links;
    this.#use = use;
  }

  get size(): number {
    return this.#entries.size;
  }

  stateOf(contact: ContactName): Entry['state'] | undefined {
    return this.#entries.get(contact)?.state;
  }

  async invite(share: InfoHash | undefined): Promise<MadeCode | undefined> {
    const offerId = this.#tools.random.bytes(OFFER_ID);
    const code = await this.#begin({ type: 'invitation', offerId, share })?.code;
    return code === undefined ? undefined : { code, contact: toHex(offerId) };
  }

  async take(text: string): Promise<CodeResult> {
    const parsed = parseCode(this.#tools.crypto, text);
    if (parsed.type === 'refused') return parsed;
    const { invitation } = parsed;
    if (equal(invitation.publicKey, this.#self.publicKey)) return { type: 'refused', reason: 'own' };
    return invitation.type === 'answer' ? this.#complete(invitation) : this.#answer(invitation);
  }

  end(): void {
    for (const { link } of [...this.#entries.values()]) link.end();
  }

  /** The same invitation gets the same answer: a person may have lost it. */
  async #answer(invitation: Invitation): Promise<CodeResult> {
    const { offerId, publicKey, share, described } = invitation;
    const contact = toHex(offerId);
    const before = this.#entries.get(contact);
    const entry =
      before?.role === 'responder' ? before : this.#begin({ type: 'answer', offerId, share: undefined });
    if (entry === undefined) return { type: 'refused', reason: 'no-room' };
    if (entry !== before) {
      entry.link.expect(publicKey);
      entry.link.hear(described);
      this.#retell(entry, described, 1);
    }
    const code = await entry.code;
    if (code === undefined) return { type: 'refused', reason: 'no-room' };
    return { type: 'answer', code, contact, share };
  }

  #complete({ offerId, publicKey, described }: Invitation): CodeResult {
    const contact = toHex(offerId);
    const entry = this.#entries.get(contact);
    if (entry?.role !== 'initiator') return { type: 'refused', reason: 'expired' };
    if (entry.link.expected === undefined) {
      entry.link.expect(publicKey);
      entry.link.hear(described);
    }
    return { type: 'taken', contact };
  }

  #begin(said: Pick<Invitation, 'type' | 'offerId' | 'share'>): Entry | undefined {
    this.#makeRoom();
    const role = said.type === 'answer' ? 'responder' : 'initiator';
    const { promise, resolve } = whenKnown<string | undefined>();
    const description = new Description({ ...GATHERING, clock: this.#tools.clock }, (described) =>
      resolve(this.#codeOf(said, described)),
    );
    const name = toHex(said.offerId);
    let key: LinkKey | undefined;
    const link = this.#links.make(
      { role, patience: PATIENCE, patient: role === 'responder' },
      {
        signal: (signal) => void description.take(signal),
        opened: (connection) => {
          const entry = this.#entries.get(name);
          if (entry === undefined) return;
          entry.state = 'connected';
          this.#tools.changed();
          key = this.#use.opened(entry.link, connection);
        },
        received: (payload) => {
          if (key !== undefined) this.#use.received(key, payload);
        },
        ended: () => {
          description.callOff();
          resolve(undefined);
          this.#entries.delete(name);
          if (key !== undefined) this.#use.lost(key);
          this.#tools.changed();
        },
      },
    );
    if (link === undefined) return undefined;
    const entry: Entry = { offerId: said.offerId, link, code: promise, role, state: 'waiting' };
    this.#entries.set(name, entry);
    this.#tools.changed();
    return entry;
  }

  /** Until the answer is where it belongs, and the other side speaks. */
  #retell(entry: Entry, described: Described, round: number): void {
    const { clock } = this.#tools;
    clock.at(clock.now() + RETELLING, () => {
      if (entry.state !== 'waiting' || !this.#entries.has(toHex(entry.offerId))) return;
      for (const candidate of candidatesAnew(described, round)) entry.link.hear(candidate);
      this.#retell(entry, described, round + 1);
    });
  }

  #codeOf(said: Pick<Invitation, 'type' | 'offerId' | 'share'>, described: Described): string | undefined {
    return formatCode(this.#tools.crypto, { ...said, described, publicKey: this.#self.publicKey });
  }

  #makeRoom(): void {
    const waiting = [...this.#entries.values()].filter(({ state }) => state === 'waiting');
    if (waiting.length >= MAX_WAITING) waiting[0]?.link.end();
  }
}

/** Under other foundations, or they would be known already. */
function candidatesAnew({ sdp }: Described, round: number): readonly Signal[] {
  return [...sdp.matchAll(/^a=candidate:(\S+) (.*)$/gm)].map(([, foundation = '', rest = '']) => {
    const candidate = `candidate:${foundation}r${round} ${rest.trim()}`;
    return { type: 'candidate', candidate, mid: '0', line: 0 };
  });
}

/** A promise, and how to keep it: the first word counts. */
function whenKnown<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
