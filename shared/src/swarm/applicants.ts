import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import { Admission, type AdmissionResult } from '../wire/admission.ts';
import type { SwarmContext } from './context.ts';
import type { SwarmInput } from './io.ts';
import { OutgoingLane } from './lane.ts';

const TIMEOUT = 10 * SECOND;

/** A connection that is open but has not yet proved membership. */
export interface Applicant {
  /** Ours, in making the connection. */
  readonly role: 'initiator' | 'responder';
  readonly lane: OutgoingLane;
  readonly admission: Admission;
  since: Time;
}

/** What an applicant has come to. */
export interface Application {
  readonly applicant: Applicant;
  readonly result: AdmissionResult;
}

/** Those who have still to prove that they are members. */
export class Applicants {
  readonly #context: SwarmContext;
  readonly #queued: (peer: PeerId) => void;
  readonly #applicants = new Map<PeerId, Applicant>();

  /** @param queued something waits to be sent to this one. */
  constructor(context: SwarmContext, queued: (peer: PeerId) => void) {
    this.#context = context;
    this.#queued = queued;
  }

  /** Both sides send handshake and proof at once. */
  opened({ peer, fingerprints }: SwarmInput & { type: 'opened' }, role: Applicant['role']): void {
    const { crypto, keys, infoHash, peerId, now } = this.#context;
    const admission = new Admission({
      crypto,
      proofKey: keys.proof,
      infoHash,
      own: peerId,
      remote: peer,
      role,
      fingerprints,
    });
    const lane = new OutgoingLane(() => this.#queued(peer));
    lane.queue(admission.start());
    this.#applicants.set(peer, { role, lane, admission, since: now });
  }

  /** Where what is said to this one goes; nothing when it is none. */
  laneTo(peer: PeerId): OutgoingLane | undefined {
    return this.#applicants.get(peer)?.lane;
  }

  /** Nothing when it is none. */
  received(peer: PeerId, bytes: Bytes): Application | undefined {
    const applicant = this.#applicants.get(peer);
    return applicant && { applicant, result: applicant.admission.push(bytes) };
  }

  /** Those who have had their time. */
  get overdue(): PeerId[] {
    return [...this.#applicants]
      .filter(([, { since }]) => this.#context.now - since > TIMEOUT)
      .map(([peer]) => peer);
  }

  /** All have all their time again. */
  woke(): void {
    for (const applicant of this.#applicants.values()) applicant.since = this.#context.now;
  }

  /** It is admitted, or gone. */
  forget(peer: PeerId): void {
    this.#applicants.delete(peer);
  }

  clear(): void {
    this.#applicants.clear();
  }
}
