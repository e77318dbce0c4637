import { type Bytes, equal, fromUtf8, toUtf8 } from '../../base/bytes.ts';
import { SECOND } from '../../base/time.ts';
import type { ProvenConnection } from '../../dht/connectionProof.ts';
import type { Contact } from '../../dht/contact.ts';
import type { LinkKey } from '../../dht/link.ts';
import type { NodeId } from '../../dht/nodeId.ts';
import { OFFER_ID, type SignalPayload } from '../../dht/signalPayload.ts';
import { encodeEnvelope, parseEnvelope } from '../../wire/envelope.ts';
import type { Signal } from '../../wire/signal.ts';
import type { OverlayTools } from '../overlaySwitch.ts';
import { Description } from './description.ts';
import type { NodeRunner } from './nodeRunner.ts';
import type { OwnLink } from './ownLink.ts';
import type { OwnLinks } from './ownLinks.ts';

interface Attempt {
  readonly contact: Contact;
  readonly offerId: Bytes;
  readonly role: 'initiator' | 'responder';
  readonly description: Description;
  link: OwnLink | undefined;
  candidates: number;
  answered: boolean;
}

/** What is opened and said on a connection. */
export interface LinkUse {
  opened(link: OwnLink, connection: ProvenConnection): LinkKey;
  received(key: LinkKey, payload: Bytes): void;
  lost(key: LinkKey): void;
}

const PATIENCE = 20 * SECOND;
/** Candidates come in a burst: told together, they cost the overlay one signal and not ten. */
const GATHERING = { quiet: 100, longest: 300 };
/** A browser makes a handful for each network and server it has. */
const MAX_CANDIDATES = 100;
/** Offers of others that are being answered at once. */
const MAX_ANSWERING = 8;

/** Connections to strangers, made by signals that pass through the overlay. */
export class Dialling {
  readonly #tools: OverlayTools;
  readonly #runner: NodeRunner;
  readonly #links: OwnLinks;
  readonly #use: LinkUse;
  readonly #attempts = new Map<NodeId, Attempt>();

  constructor(tools: OverlayTools, runner: NodeRunner, links: OwnLinks, use: LinkUse) {
    this.#tools = tools;
    this.#runner = runner;
    this.#links = links;
    this.#use = use;
  }

  dial(contact: Contact): void {
    const offerId = this.#tools.random.bytes(OFFER_ID);
    if (this.#begin(contact, offerId, 'initiator') === undefined) this.#failed(contact.id, 'failed');
  }

  signalled(from: Contact, payload: Exclude<SignalPayload, { type: 'swarm' }>): void {
    const attempt = this.#attempts.get(from.id);
    const fits = attempt !== undefined && equal(attempt.offerId, payload.offerId);
    if (payload.type === 'declined') {
      if (fits && attempt.role === 'initiator') this.#giveUp(attempt, 'declined');
      return;
    }
    const result = parseEnvelope(fromUtf8(payload.envelope) ?? '');
    if (result.type === 'refused' || result.envelope.lane !== 0) return;
    const { signal } = result.envelope;
    if (signal.type === 'offer') this.#offered(from, payload.offerId, signal);
    else if (fits && accept(attempt, signal)) attempt.link?.hear(signal);
  }

  /** Of two that dial each other at once, the offer of the greater id stands. */
  #offered(from: Contact, offerId: Bytes, offer: Signal): void {
    const { node } = this.#runner;
    const present = this.#attempts.get(from.id);
    if (present?.role === 'responder' && equal(present.offerId, offerId)) return;
    if (present?.role === 'initiator' && node.self.id > from.id) return;
    if (present !== undefined) this.#drop(present);
    const answering = [...this.#attempts.values()].filter(({ role }) => role === 'responder').length;
    const attempt =
      answering < MAX_ANSWERING && node.wouldLink(from) ? this.#begin(from, offerId, 'responder') : undefined;
    if (attempt === undefined) this.#runner.signal(from, { type: 'declined', offerId });
    else attempt.link?.hear(offer);
  }

  #begin(contact: Contact, offerId: Bytes, role: Attempt['role']): Attempt | undefined {
    const { clock } = this.#tools;
    const description = new Description({ clock, ...GATHERING }, (whole) => this.#tell(attempt, whole));
    const attempt: Attempt = {
      contact,
      offerId,
      role,
      description,
      link: undefined,
      candidates: 0,
      answered: false,
    };
    const link = this.#link(attempt);
    if (link === undefined) return undefined;
    attempt.link = link;
    this.#attempts.set(contact.id, attempt);
    return attempt;
  }

  #link(attempt: Attempt): OwnLink | undefined {
    const { role, contact, description } = attempt;
    let key: LinkKey | undefined;
    const options = { role, patience: PATIENCE, expected: contact.publicKey };
    return this.#links.make(options, {
      signal: (signal) => {
        if (!description.take(signal)) this.#tell(attempt, signal);
      },
      opened: (connection) => {
        this.#forget(attempt);
        if (attempt.link !== undefined) key = this.#use.opened(attempt.link, connection);
      },
      received: (payload) => {
        if (key !== undefined) this.#use.received(key, payload);
      },
      ended: () => {
        if (key === undefined) this.#giveUp(attempt, 'failed');
        else this.#use.lost(key);
      },
    });
  }

  #tell(attempt: Attempt, signal: Signal): void {
    const { contact, offerId } = attempt;
    const envelope = toUtf8(encodeEnvelope({ lane: 0, signal }));
    this.#runner.signal(contact, { type: 'link', offerId, envelope }, () => {
      if (signal.type === 'offer') this.#giveUp(attempt, 'failed');
    });
  }

  #giveUp(attempt: Attempt, result: 'failed' | 'declined'): void {
    if (!this.#forget(attempt)) return;
    attempt.link?.end();
    if (attempt.role === 'initiator') this.#failed(attempt.contact.id, result);
  }

  /** Another takes its place: the node goes on waiting. */
  #drop(attempt: Attempt): void {
    this.#forget(attempt);
    attempt.link?.end();
  }

  #forget(attempt: Attempt): boolean {
    const { contact, description } = attempt;
    description.callOff();
    return this.#attempts.get(contact.id) === attempt && this.#attempts.delete(contact.id);
  }

  #failed(node: NodeId, result: 'failed' | 'declined'): void {
    this.#runner.step({ type: 'connectFailed', node, result });
  }
}

/** One answer, to an offer of ours; and candidates, within a bound. */
function accept(attempt: Attempt, { type }: Signal): boolean {
  if (type === 'candidate') return ++attempt.candidates <= MAX_CANDIDATES;
  if (attempt.role !== 'initiator' || attempt.answered) return false;
  attempt.answered = true;
  return true;
}
