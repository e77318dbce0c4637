import { equal } from '../base/bytes.ts';
import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { integer } from '../base/random.ts';
import { MINUTE, type Time } from '../base/time.ts';
import { BLOCK, type PieceIndex, type PieceLayout } from '../content/layout.ts';
import type { Message, Range } from '../wire/message.ts';
import type { SwarmContext } from './context.ts';
import type { Operation } from './io.ts';
import type { Peer } from './peer.ts';

/** Random blocks a peer has to produce before its copy counts. */
const SAMPLES = 4;
/** How long it may take: a busy seeder gives its slots in turns of up to a minute. */
const PATIENCE = 5 * MINUTE;

interface Sample {
  readonly range: Range;
  answer: Bytes | undefined;
  asked: boolean;
}

interface Comparison {
  readonly audit: Audit;
  readonly sample: Sample;
  readonly piece: PieceIndex;
}

interface Audit {
  readonly peer: Peer;
  readonly samples: readonly Sample[];
  since: Time;
}

/**
 * We have everything, and a peer says the same: whether that is so decides if we may leave. It is asked for a few random
 * blocks, which are compared with our own.
 */
export class Auditor {
  readonly #context: SwarmContext;
  readonly #layout: PieceLayout;
  readonly #audits = new Map<PeerId, Audit>();
  readonly #comparisons = new Map<Operation, Comparison>();

  constructor(context: SwarmContext, layout: PieceLayout) {
    this.#context = context;
    this.#layout = layout;
  }

  /** Begins, unless the peer is being examined, has passed, or does not claim everything. */
  consider(peer: Peer): void {
    if (!peer.isSeeder || peer.proven || this.#audits.has(peer.id)) return;
    const audit = { peer, samples: this.#draw(), since: this.#context.now };
    this.#audits.set(peer.id, audit);
    this.unchoked(peer);
  }

  /** The peer is being asked for samples. */
  examines(peer: PeerId): boolean {
    return this.#audits.has(peer);
  }

  unchoked(peer: Peer): void {
    const audit = this.#audits.get(peer.id);
    // Who has lost a piece itself can't tell any more.
    if (audit === undefined || peer.chokesUs || !this.#context.seeding) return;
    for (const sample of audit.samples.filter(({ asked }) => !asked)) {
      sample.asked = true;
      peer.send({ ...sample.range, type: 'request' });
    }
  }

  /** True when the piece was the answer to a sample. */
  received(peer: Peer, { piece, begin, data }: Message & { type: 'piece' }): boolean {
    const audit = this.#audits.get(peer.id);
    const sample = audit?.samples.find((each) => isSame(each.range, { piece, begin, length: data.length }));
    if (audit === undefined || sample?.asked !== true || sample.answer !== undefined) return false;
    sample.answer = data.slice();
    this.#compare(audit, sample);
    return true;
  }

  /** True when the reject was the answer to a sample: it is asked again when the peer unchokes us. */
  rejected(peer: Peer, range: Range): boolean {
    const sample = this.#audits.get(peer.id)?.samples.find((each) => isSame(each.range, range));
    if (sample?.asked !== true || sample.answer !== undefined) return false;
    sample.asked = false;
    return true;
  }

  /** Our own block. Nothing when it was not read for a comparison; else its piece, when that turns out to be lost to us. */
  read(
    operation: Operation,
    bytes: Bytes | undefined,
  ): { readonly lost: PieceIndex | undefined } | undefined {
    const comparison = this.#comparisons.get(operation);
    if (comparison === undefined) return undefined;
    this.#comparisons.delete(operation);
    if (bytes === undefined) return this.#unreadable(comparison);
    const { audit, sample } = comparison;
    if (this.#audits.get(audit.peer.id) === audit) this.#judge(audit, sample, bytes);
    return { lost: undefined };
  }

  left(peer: PeerId): void {
    this.#audits.delete(peer);
  }

  woke(): void {
    for (const audit of this.#audits.values()) audit.since = this.#context.now;
  }

  tick(): void {
    for (const { peer, since } of this.#audits.values())
      if (this.#context.now - since > PATIENCE) this.#audits.delete(peer.id);
  }

  #compare(audit: Audit, sample: Sample): void {
    const operation = this.#context.operation();
    const piece = this.#layout.index(sample.range.piece);
    if (piece === undefined) return;
    this.#comparisons.set(operation, { audit, sample, piece });
    this.#context.emit({ ...sample.range, type: 'read', operation, piece });
  }

  /** The sample has to be asked for again, when there is something to compare it with. */
  #unreadable({ sample, piece }: Comparison): { readonly lost: PieceIndex } {
    sample.asked = false;
    sample.answer = undefined;
    return { lost: piece };
  }

  #judge(audit: Audit, { answer }: Sample, truth: Bytes): void {
    if (answer === undefined) return;
    if (equal(truth, answer)) this.#passed(audit);
    else this.#context.ban(audit.peer.id, 'poisoned');
  }

  /** One sample more is right; with the last one the copy counts. */
  #passed(audit: Audit): void {
    const waiting = [...this.#comparisons.values()].some((each) => each.audit === audit);
    if (waiting || audit.samples.some(({ answer }) => answer === undefined)) return;
    audit.peer.proven = true;
    this.#audits.delete(audit.peer.id);
  }

  /** Different blocks, at random; all of them when there are few. */
  #draw(): Sample[] {
    const blocks = Math.ceil(this.#layout.length / BLOCK);
    const places = new Set<number>();
    while (places.size < Math.min(SAMPLES, blocks)) places.add(integer(this.#context.random, blocks));
    return [...places].map((place) => ({
      range: this.#rangeOf(place * BLOCK),
      answer: undefined,
      asked: false,
    }));
  }

  #rangeOf(offset: number): Range {
    const piece = this.#layout.pieceAt(offset);
    const start = piece === undefined ? 0 : this.#layout.offsetOf(piece);
    return {
      piece: piece ?? 0,
      begin: offset - start,
      length: Math.min(BLOCK, this.#layout.length - offset),
    };
  }
}

function isSame(a: Range, b: Range): boolean {
  return a.piece === b.piece && a.begin === b.begin && a.length === b.length;
}
