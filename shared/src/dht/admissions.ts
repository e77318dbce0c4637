import { SECOND, type Time } from '../base/time.ts';
import { checkConnection, proveConnection, type ProvenConnection } from './connectionProof.ts';
import { contactOf } from './contact.ts';
import type { DhtContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { Link, type LinkKey, type Purpose } from './link.ts';
import type { Hello } from './message.ts';

interface Applicant {
  readonly connection: ProvenConnection;
  readonly purpose: Purpose;
}

type Admission =
  | { readonly type: 'proven'; readonly link: Link; readonly connection: ProvenConnection }
  | { readonly type: 'refused'; readonly reason: 'unproven' | 'own-id' };

const PROOF_TIMEOUT = 10 * SECOND;

/** Connections whose other end has not proven its key yet. */
export class Admissions {
  readonly #context: DhtContext;
  readonly #applicants = new Map<LinkKey, Applicant>();
  readonly #deadlines = new Deadlines<LinkKey>();

  constructor(context: DhtContext) {
    this.#context = context;
  }

  get wakeAt(): Time {
    return this.#deadlines.next;
  }

  has(link: LinkKey): boolean {
    return this.#applicants.has(link);
  }

  /** Says hello at once: a proof is good on this connection only. */
  opened(link: LinkKey, purpose: Purpose, connection: ProvenConnection): void {
    const { crypto, self, seconds, now } = this.#context;
    this.#applicants.set(link, { connection, purpose });
    this.#deadlines.set(link, now + PROOF_TIMEOUT);
    const signature = proveConnection(crypto, self, connection);
    const hello = { type: 'hello', publicKey: self.publicKey, signature, time: seconds } as const;
    this.#context.emit({ type: 'send', link, message: hello });
  }

  /** Nothing for a connection that is none of these. */
  greeted(key: LinkKey, { publicKey, signature }: Hello): Admission | undefined {
    const applicant = this.#applicants.get(key);
    if (applicant === undefined) return undefined;
    this.ended(key);
    const { crypto, self, now } = this.#context;
    const { connection, purpose } = applicant;
    if (checkConnection(crypto, connection, publicKey, signature) === 'wrong')
      return { type: 'refused', reason: 'unproven' };
    const contact = contactOf(crypto, publicKey);
    if (contact.id === self.id) return { type: 'refused', reason: 'own-id' };
    return { type: 'proven', link: new Link(key, contact, purpose, now), connection };
  }

  ended(link: LinkKey): void {
    this.#applicants.delete(link);
    this.#deadlines.delete(link);
  }

  /** Who has not proven anything in time. */
  tick(): void {
    const { now, emit } = this.#context;
    for (let link = this.#deadlines.take(now); link !== undefined; link = this.#deadlines.take(now)) {
      this.#applicants.delete(link);
      emit({ type: 'close', link, reason: 'proof-timeout' });
    }
  }
}
