import { type Bytes, toHex } from '../../src/base/bytes.ts';
import { SECOND } from '../../src/base/time.ts';
import type { Contact } from '../../src/dht/contact.ts';
import type { NodeId } from '../../src/dht/nodeId.ts';
import { encodePayload, OFFER_ID, parsePayload, type SignalPayload } from '../../src/dht/signalPayload.ts';
import type { SimPage } from './surroundings.ts';

/** Bytes of a description, about as many as a browser makes. */
const DESCRIPTION = 600;
const OFFER = new Uint8Array(DESCRIPTION).fill(1);
const ANSWER = new Uint8Array(DESCRIPTION).fill(2);
const ANSWER_TIMEOUT = 10 * SECOND;
/** An attempt between two that cannot reach each other. */
const ICE_TIMEOUT = 15 * SECOND;
/** Offer and answer are the first of the four that a dial takes. */
const ROUND_TRIPS = 3;

interface Attempt {
  readonly contact: Contact;
  readonly offerId: string;
}

/** Makes connections as a page would: offer and answer through the overlay, then the rest directly. */
export class Dialling {
  readonly #node: SimPage;
  readonly #attempts = new Map<NodeId, Attempt>();

  constructor(node: SimPage) {
    this.#node = node;
  }

  dial(contact: Contact): void {
    const { network } = this.#node;
    const offerId = network.world.random.bytes(OFFER_ID);
    const attempt = { contact, offerId: toHex(offerId) };
    this.#attempts.set(contact.id, attempt);
    network.world.after(ANSWER_TIMEOUT, () => this.#fail(attempt, 'failed'));
    this.#signal(contact, { type: 'link', offerId, envelope: OFFER }, () => this.#fail(attempt, 'failed'));
  }

  signalled(from: Contact, bytes: Bytes): void {
    const payload = parsePayload(bytes);
    if (payload === undefined || payload.type === 'swarm') return;
    const attempt = this.#attempts.get(from.id);
    const isAnswer = attempt?.offerId === toHex(payload.offerId);
    if (isAnswer && payload.type === 'declined') this.#fail(attempt, 'declined');
    else if (isAnswer) this.#connect(attempt);
    else if (payload.type === 'link' && payload.envelope[0] === OFFER[0]) this.#offered(from, payload);
  }

  /** Of two that dial each other at once, the offer of the greater stands. */
  #offered(from: Contact, { offerId }: SignalPayload & { readonly type: 'link' }): void {
    const { node } = this.#node;
    if (this.#attempts.has(from.id) && node.self.id > from.id) return;
    if (node.wouldLink(from)) this.#signal(from, { type: 'link', offerId, envelope: ANSWER });
    else this.#signal(from, { type: 'declined', offerId });
  }

  #connect(attempt: Attempt): void {
    const { network } = this.#node;
    this.#attempts.delete(attempt.contact.id);
    const other = network.find(attempt.contact.id);
    if (other === undefined || !network.canConnect(this.#node, other)) {
      network.world.after(ICE_TIMEOUT, () => this.#tell(attempt, 'failed'));
      return;
    }
    network.world.after(ROUND_TRIPS * 2 * network.latency(this.#node, other), () => {
      if (!network.join(this.#node, other)) this.#tell(attempt, 'failed');
    });
  }

  #fail(attempt: Attempt, result: 'failed' | 'declined'): void {
    if (this.#attempts.get(attempt.contact.id) !== attempt) return;
    this.#attempts.delete(attempt.contact.id);
    this.#tell(attempt, result);
  }

  #tell({ contact: { id } }: Attempt, result: 'failed' | 'declined'): void {
    this.#node.step({ type: 'connectFailed', node: id, result });
  }

  #signal(to: Contact, payload: SignalPayload, lost?: () => void): void {
    const operation = this.#node.operation({
      ended: (ending) => {
        if (ending !== 'answered') lost?.();
      },
    });
    this.#node.step({ type: 'signal', operation, to, payload: encodePayload(payload) });
  }
}
