import { deleteOldest } from '../base/deleteOldest.ts';
import { type Bytes, toHex } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { MINUTE, type Time } from '../base/time.ts';
import { LEAST_INTERVAL } from '../tracker/limit.ts';
import type { Announce, AnnounceResult, Member } from './ports.ts';
import type { TrackerLine } from './trackerLine.ts';

/** What one tracker answered last, and when. */
interface Standing {
  readonly result: Exclude<AnnounceResult, { type: 'unreachable' }>;
  readonly at: Time;
}

/** How long a tracker that refused is left alone, as long as others do not. */
const REFUSED_PAUSE = MINUTE;
/** Announces come with a tenth of jitter. */
const EARLY = 0.85;
/** Of a swarm: peers of whom it is kept which tracker knows them, and signals that are known again. */
const MOST_PEERS = 1000;
const MOST_SIGNALS = 64;

/** One peer id of ours in one swarm, and what the trackers it is announced to say. */
export class TrackedSwarm {
  lines: readonly TrackerLine[] = [];
  announce: Announce;
  readonly #standings = new Map<TrackerLine, Standing>();
  /** By whom a signal reaches a peer, the peer heard of last at the end. */
  readonly #knownBy = new Map<PeerId, Set<TrackerLine>>();
  readonly #signals = new Set<string>();

  constructor(announce: Announce) {
    this.announce = announce;
  }

  /** Whom to tell: at an update only those that want to hear of it by now, unless none does. */
  asked(now: Time): readonly TrackerLine[] {
    const connected = this.lines.filter((line) => line.connected);
    if (this.announce.event !== 'update') return connected;
    const due = connected.filter((line) => dueAt(this.#standings.get(line)) <= now);
    return due.length > 0 ? due : connected;
  }

  heard(line: TrackerLine, result: AnnounceResult, at: Time): void {
    if (result.type === 'unreachable') this.#standings.delete(line);
    else this.#standings.set(line, { result, at });
    if (result.type === 'announced') for (const { peerId } of result.members) this.heardOf(peerId, line);
  }

  /** What all of them say together. Whoever refuses takes nothing from what others say. */
  result(members: readonly Member[], now: Time): AnnounceResult {
    const standings = this.lines.flatMap((line) => this.#standings.get(line) ?? []);
    const results = standings.map(({ result }) => result);
    const announced = results.filter((result) => result.type === 'announced');
    const [refusal] = results.filter((result) => result.type !== 'announced');
    if (this.#idTaken()) return { type: 'id-taken' };
    if (announced.length === 0) return refusal ?? { type: 'unreachable' };
    return {
      type: 'announced',
      members,
      seeders: Math.max(...announced.map(({ seeders }) => seeders)),
      leechers: Math.max(...announced.map(({ leechers }) => leechers)),
      interval: Math.min(...standings.map((standing) => untilWanted(standing, now))),
    };
  }

  said(line: TrackerLine): Standing['result'] | undefined {
    return this.#standings.get(line)?.result;
  }

  /** The connection is lost: what it was told counts no more. */
  lost(line: TrackerLine): void {
    this.#standings.delete(line);
  }

  heardOf(peer: PeerId, line: TrackerLine): void {
    const lines = this.#knownBy.get(peer) ?? new Set();
    this.#knownBy.delete(peer);
    this.#knownBy.set(peer, lines.add(line));
    if (this.#knownBy.size > MOST_PEERS) deleteOldest(this.#knownBy);
  }

  /** All that know the peer; all there are when none is known to. */
  linesTo(peer: PeerId): readonly TrackerLine[] {
    const connected = this.lines.filter((line) => line.connected);
    const knowing = connected.filter((line) => this.#knownBy.get(peer)?.has(line) === true);
    return knowing.length > 0 ? knowing : connected;
  }

  /** Whether it is the first copy of this signal, byte for byte: each tracker that knows us brings one, changed perhaps. */
  isNew(from: PeerId, sealed: Bytes): boolean {
    const name = from + toHex(sealed);
    if (this.#signals.has(name)) return false;
    this.#signals.add(name);
    if (this.#signals.size > MOST_SIGNALS) deleteOldest(this.#signals);
    return true;
  }

  /** Only the page's own tracker makes us change our id: one that a link names could do it without end. */
  #idTaken(): boolean {
    return this.lines.some((line) => line.kind === 'own' && this.said(line)?.type === 'id-taken');
  }
}

function intervalOf({ result }: Standing): number {
  return result.type === 'announced' ? result.interval : REFUSED_PAUSE;
}

function dueAt(standing: Standing | undefined): Time {
  return standing === undefined ? Number.NEGATIVE_INFINITY : standing.at + intervalOf(standing) * EARLY;
}

function untilWanted(standing: Standing, now: Time): number {
  return Math.max(LEAST_INTERVAL, Math.round(standing.at + intervalOf(standing) - now));
}
