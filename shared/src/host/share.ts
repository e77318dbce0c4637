import type { Bytes } from '../base/bytes.ts';
import { ID_BYTES, type InfoHash, peerIdOf } from '../base/ids.ts';
import { SECOND } from '../base/time.ts';
import { MAX_TRACKERS } from '../content/shareLink.ts';
import { deriveMemberKeys, deriveShareKeys, type MemberKeys } from '../content/keys.ts';
import type { PieceIndex } from '../content/layout.ts';
import { parseInfo } from '../content/metainfo.ts';
import { FilesSource } from './filesSource.ts';
import { matchFiles } from './matchFiles.ts';
import type { Participation, ParticipationEvents } from './participation.ts';
import type { Storage, StoreLoss } from './ports.ts';
import { Presence } from './presence.ts';
import type { Changes } from './publisher.ts';
import { RemovalWatch } from './removalWatch.ts';
import { ShareContent } from './shareContent.ts';
import type { ShareRecord } from './shareRecord.ts';
import type { ChosenFile, ShareProblem, ShareState } from './snapshot.ts';
import { isPlaceUseless, readingProblem } from './shareProblem.ts';
import { storageProblem } from './storageProblem.ts';
import { StoreOpening } from './storeOpening.ts';
import type { Surroundings } from './surroundings.ts';

/** Before a share comes back under a fresh peer id: a tracker that refuses every id must not be asked without end. */
const FRESH_ID_DELAY = 5 * SECOND;

export interface ShareEvents extends Changes {
  /** What is to be remembered has changed. */
  recordChanged(record: ShareRecord, former: ShareRecord): void;
}

/** One share this browser remembers: its record, what of it is here, and, unless paused, its part in the swarm. */
export class Share {
  readonly infoHash: InfoHash;
  readonly content: ShareContent;
  readonly #surroundings: Surroundings;
  readonly #presence: Presence;
  readonly #store: StoreOpening;
  readonly #removal: RemovalWatch;
  readonly #events: ShareEvents;
  readonly #memberKeys: MemberKeys;
  readonly #membership: Bytes;
  #record: ShareRecord;
  #problem: ShareProblem | undefined;
  #closed = false;

  constructor(
    infoHash: InfoHash,
    record: ShareRecord,
    surroundings: Surroundings,
    storage: Storage,
    events: ShareEvents,
  ) {
    const { crypto } = surroundings;
    const keys = deriveShareKeys(crypto, record.secret);
    this.infoHash = infoHash;
    this.content = new ShareContent(surroundings, keys, (piece) => this.#rotted(piece));
    this.#membership = keys.membership;
    this.#memberKeys = deriveMemberKeys(crypto, keys.membership);
    this.#record = record;
    this.#surroundings = surroundings;
    this.#presence = new Presence(surroundings);
    this.#store = new StoreOpening(storage, infoHash, this.content, {
      opened: (problem) => (problem === undefined ? this.#storeOpened() : this.#fail(problem)),
      lost: (loss) => this.#storeLost(loss),
      closed: () => this.#closed,
    });
    this.#removal = new RemovalWatch(storage, infoHash, () => this.#fail({ code: 'removed-elsewhere' }));
    this.#events = events;
  }

  get record(): ShareRecord {
    return this.#record;
  }

  get problem(): ShareProblem | undefined {
    return this.#problem;
  }

  get participation(): Participation | undefined {
    return this.#presence.participation;
  }

  /** Whether it is still being looked up what is here. */
  get opening(): boolean {
    return this.#store.opening;
  }

  /** What is known across participations. */
  get presence(): Presence {
    return this.#presence;
  }

  /** As CONTRACT.md names it. The first that holds. */
  get state(): ShareState {
    if (this.#problem !== undefined) return 'error';
    if (this.#record.paused) return 'paused';
    if (this.#record.role === 'sharer') return 'sharing';
    if (this.content.metainfo === undefined) return 'connecting';
    if (!this.#record.wanted) return 'ready';
    return this.content.satisfied ? 'complete' : 'downloading';
  }

  /** Takes up the share where an earlier session left it. A sharer's files have to be given again. */
  resume(): void {
    this.#recall();
    this.#enter();
  }

  /** A share just made, of these files. */
  begin(files: readonly ChosenFile[]): void {
    this.#recall();
    this.content.useSource(new FilesSource(files));
    this.#enter();
  }

  /** The sharer's own files, when they are needed: they must be those that were shared. */
  giveFiles(files: readonly ChosenFile[]): void {
    if (this.#record.role !== 'sharer' || this.content.placed || this.content.metainfo === undefined) return;
    const matched = matchFiles(this.content.files, files);
    if (matched.type === 'differ') return this.#fail({ code: 'files-differ', names: matched.names });
    this.#problem = undefined;
    this.content.useSource(new FilesSource(matched.files));
    this.#enter();
  }

  download(): void {
    if (this.#record.role === 'sharer') return;
    this.#remember({ wanted: true });
    this.participation?.feed({ type: 'download' });
    this.askTrackers();
  }

  /** The person lets the trackers be contacted that the link names. */
  askTrackers(): void {
    const { trackers, asked } = this.#record;
    if (trackers.every((tracker) => asked.includes(tracker))) return;
    this.#remember({ asked: trackers });
    this.participation?.trackerReconnected();
  }

  /** Those of another link to the same share: the newest first. */
  learnTrackers(trackers: readonly string[]): void {
    const known = this.#record.trackers;
    if (trackers.every((tracker) => known.includes(tracker))) return;
    this.#remember({ trackers: [...new Set([...trackers, ...known])].slice(0, MAX_TRACKERS) });
  }

  /** These files, by their place in the manifest, are not wanted; all others are. */
  leaveOut(files: readonly number[]): void {
    this.#remember({ leftOut: [...files] });
    const pieces = this.content.leaveOut(new Set(files));
    this.participation?.feed({ type: 'leaveOut', pieces });
  }

  /** Ends all connections and makes new ones, by the rules that hold now. */
  reconnect(): void {
    if (this.participation === undefined) return;
    this.#leave();
    this.#takePart();
  }

  pause(): void {
    this.#remember({ paused: true });
    this.#leave();
  }

  /** Goes on, also after a problem: what stood in the way is tried again. */
  unpause(): void {
    this.#problem = undefined;
    this.#remember({ paused: false });
    if (this.content.metainfo === undefined) this.#recall();
    this.#enter();
  }

  /** Out of the swarm and out of sight, but nothing is let go yet. */
  hide(): void {
    this.#remember({ removed: true });
    this.#leave();
  }

  /** Takes a removal back. */
  unhide(change: Partial<ShareRecord>): void {
    this.#remember({ ...change, removed: false });
    if (this.content.placed) this.#problem = undefined;
    this.#enter();
  }

  /** The record could not be kept. The share itself goes on. */
  notRemembered(error: unknown): void {
    this.#problem ??= storageProblem(error);
    this.#events.changed();
  }

  /** Ends everything. Nothing is forgotten. */
  close(): void {
    this.#closed = true;
    this.#leave();
    this.#removal.end();
    this.content.close();
  }

  #recall(): void {
    const { info, layer, role } = this.#record;
    if (info === undefined) {
      if (role === 'sharer') this.#fail({ code: 'metainfo-invalid', reason: 'expected one, found none' });
      return;
    }
    const result = parseInfo(this.#surroundings.crypto, info, this.infoHash);
    if (result.type === 'invalid') return this.#fail({ code: 'metainfo-invalid', reason: result.reason });
    const opened = this.content.open(result.metainfo);
    if (opened.type === 'problem') return this.#fail(opened.problem);
    this.content.leaveOut(new Set(this.#record.leftOut));
    if (layer !== undefined) this.content.recallLayer(layer);
  }

  /** Takes part as soon as it is known where the pieces are. */
  #enter(): void {
    if (this.#problem !== undefined || this.#closed) return;
    if (this.#record.role === 'sharer') this.#removal.begin();
    if (this.content.placed) this.#takePart();
    else if (this.#record.role === 'sharer') this.#fail({ code: 'files-needed' });
    else void this.#store.open();
  }

  #storeOpened(): void {
    this.#takePart();
    this.#events.changed();
  }

  /** What may be gone is claimed no more: the swarm begins anew with what is there. */
  #storeLost(loss: StoreLoss): void {
    // What was being written may fail first, and only then it is heard why.
    const concerned = this.content.placed || this.#problem?.code === 'storage-failed';
    if (this.#closed || !concerned) return;
    if (loss === 'superseded') return this.#fail({ code: 'storage-held' });
    const had = this.content.have.size;
    this.#problem = undefined;
    this.content.close();
    this.#leave();
    if (loss === 'closed') return void this.#store.open(had);
    this.content.lostAll();
    this.#fail({ code: 'storage-gone' });
  }

  #takePart(): void {
    const { paused, removed } = this.#record;
    if (paused || removed || this.#closed || this.participation !== undefined) return;
    if (!this.content.placed) return;
    const { random } = this.#surroundings;
    const options = {
      infoHash: this.infoHash,
      peerId: peerIdOf(random.bytes(ID_BYTES)),
      keys: this.#memberKeys,
      membership: this.#membership,
      metainfo: this.content.metainfo,
      layer: this.content.layer,
      have: this.content.have,
      wanted: this.#record.wanted,
      trackers: () => this.#trackers,
      leftOut: this.content.leftOut,
      pieces: () => this.content.pieces,
    };
    this.#presence.begin(options, this.#listener());
    this.#events.changed();
  }

  /** To be asked beside the page's own. */
  get #trackers(): readonly string[] {
    const { role, trackers, asked } = this.#record;
    return role === 'sharer' ? trackers : trackers.filter((tracker) => asked.includes(tracker));
  }

  #leave(): void {
    this.#presence.end();
    this.#events.changed();
  }

  #listener(): ParticipationEvents {
    return {
      metainfo: (metainfo) => {
        const opened = this.content.open(metainfo);
        if (opened.type === 'problem') return this.#fail(opened.problem);
        this.#keyProven();
        this.#remember({ info: metainfo.info });
      },
      pieceLayer: (layer) => {
        this.content.learnLayer(layer);
        this.#remember({ layer: layer.bytes });
      },
      had: (piece) => {
        this.content.had(piece);
        // The first is waited for.
        if (this.content.have.size === 1) this.#events.changed();
        else this.#events.progressed();
      },
      lost: (piece) => this.#lost(piece),
      completed: () => this.#events.changed(),
      strangersOnly: () => {
        // Who has read the manifest has the right key: then the strangers are the ones without.
        if (this.content.metainfo === undefined) this.#problem ??= { code: 'wrong-key' };
      },
      membersFound: () => this.#keyProven(),
      metainfoInvalid: (reason) => this.#fail({ code: 'metainfo-invalid', reason }),
      storageFull: () => this.#fail({ code: 'storage-full' }),
      storageFailed: (reason) => this.#fail({ code: 'storage-failed', reason }),
      sourceFailed: (error) => this.#fail(readingProblem(error)),
      idTaken: () => this.#beginAgain(),
      announced: (result) => {
        this.#presence.heardTracker(result);
        this.#events.changed();
      },
      changed: () => this.#events.changed(),
      progressed: () => {
        this.#presence.noticeLoneliness();
        this.#events.progressed();
      },
    };
  }

  #keyProven(): void {
    if (this.#problem?.code === 'wrong-key') this.#problem = undefined;
  }

  #lost(piece: PieceIndex): void {
    if (this.#record.role === 'receiver') this.content.lost(piece);
    else this.#fail({ code: 'files-differ', names: this.content.fileNamesOf(piece) });
  }

  /** Noticed by the person's own reading: the swarm begins anew without the piece, and fetches it again. */
  #rotted(piece: PieceIndex): void {
    this.#lost(piece);
    if (this.participation === undefined) return;
    this.#leave();
    this.#takePart();
  }

  /** Somebody else holds our peer id at the tracker: come back under a fresh one. */
  #beginAgain(): void {
    this.#leave();
    this.#presence.returnAfter(FRESH_ID_DELAY, () => this.#takePart());
  }

  #fail(problem: ShareProblem): void {
    this.#problem = problem;
    this.#leave();
    if (isPlaceUseless(problem)) this.content.close();
  }

  #remember(change: Partial<ShareRecord>): void {
    const former = this.#record;
    this.#record = { ...former, ...change };
    this.#events.recordChanged(this.#record, former);
    this.#events.changed();
  }
}
