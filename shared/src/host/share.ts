import { ID_BYTES, type InfoHash, peerIdOf } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { deriveMemberKeys, deriveShareKeys, type MemberKeys } from '../content/keys.ts';
import { parseInfo } from '../content/metainfo.ts';
import { FilesSource, UnreadableFile } from './filesSource.ts';
import { Participation, type ParticipationEvents, type Surroundings } from './participation.ts';
import type { AnnounceResult, Storage } from './ports.ts';
import { ShareContent } from './shareContent.ts';
import { matchFiles } from './matchFiles.ts';
import type { ShareRecord } from './shareRecord.ts';
import type { ChosenFile, ShareProblem, ShareState } from './snapshot.ts';

export interface ShareEvents {
  changed(): void;
  /** What is to be remembered has changed. */
  recordChanged(record: ShareRecord): void;
}

/** One share this browser remembers: its record, what of it is here, and, unless paused, its part in the swarm. */
export class Share {
  readonly infoHash: InfoHash;
  readonly content: ShareContent;
  readonly #surroundings: Surroundings;
  readonly #storage: Storage;
  readonly #events: ShareEvents;
  readonly #memberKeys: MemberKeys;
  #record: ShareRecord;
  #participation: Participation | undefined;
  #problem: ShareProblem | undefined;
  #announced: AnnounceResult | undefined;
  #aloneSince: Time | undefined;
  #closed = false;

  constructor(
    infoHash: InfoHash,
    record: ShareRecord,
    surroundings: Surroundings,
    storage: Storage,
    events: ShareEvents,
  ) {
    const { crypto, hasher } = surroundings;
    const keys = deriveShareKeys(crypto, record.secret);
    this.infoHash = infoHash;
    this.content = new ShareContent(crypto, hasher, keys);
    this.#memberKeys = deriveMemberKeys(crypto, keys.membership);
    this.#record = record;
    this.#surroundings = surroundings;
    this.#storage = storage;
    this.#events = events;
  }

  get record(): ShareRecord {
    return this.#record;
  }

  get problem(): ShareProblem | undefined {
    return this.#problem;
  }

  get participation(): Participation | undefined {
    return this.#participation;
  }

  /** Others in the swarm at the last announce; nothing before there was one. */
  get announced(): AnnounceResult | undefined {
    return this.#announced;
  }

  /** Since when somebody has been needed and nobody connected. */
  get aloneSince(): Time | undefined {
    return this.#aloneSince;
  }

  /** As CONTRACT.md names it. The first that holds. */
  get state(): ShareState {
    if (this.#problem !== undefined) return 'error';
    if (this.#record.paused) return 'paused';
    if (this.#record.role === 'sharer') return 'sharing';
    if (this.content.metainfo === undefined) return 'connecting';
    if (!this.#record.wanted) return 'ready';
    return this.content.complete ? 'complete' : 'downloading';
  }

  /** Takes up the share where an earlier session left it. A sharer's files have to be given again. */
  async resume(): Promise<void> {
    this.#recall();
    if (this.#problem !== undefined) return;
    if (this.#record.role === 'sharer') { this.#fail({ code: 'files-needed' }); return; }
    const store = await this.#storage.open(this.infoHash);
    const pieces = await store.pieces();
    if (this.#closed) { store.close(); return; }
    this.content.useStore(store, pieces);
    this.#takePart();
  }

  /** A share just made, of these files. */
  begin(files: readonly ChosenFile[]): void {
    this.#recall();
    this.content.useSource(new FilesSource(files));
    this.#takePart();
  }

  /** The sharer's own files: they must be those that were shared. */
  giveFiles(files: readonly ChosenFile[]): void {
    const matched = matchFiles(this.content.files, files);
    if (matched.type === 'differ') return this.#fail({ code: 'files-differ', names: matched.names });
    this.#problem = undefined;
    this.content.useSource(new FilesSource(matched.files));
    this.#takePart();
  }

  download(): void {
    this.#remember({ wanted: true });
    this.#participation?.feed({ type: 'download' });
  }

  pause(): void {
    this.#remember({ paused: true });
    this.#leave();
  }

  unpause(): void {
    this.#problem = undefined;
    this.#remember({ paused: false });
    this.#takePart();
  }

  /** Ends everything. Nothing is forgotten. */
  close(): void {
    this.#closed = true;
    this.#leave();
    this.content.close();
  }

  #recall(): void {
    const { info, layer } = this.#record;
    if (info === undefined) return;
    const result = parseInfo(this.#surroundings.crypto, info, this.infoHash);
    if (result.type === 'invalid') return this.#fail({ code: 'metainfo-invalid', reason: result.reason });
    const opened = this.content.open(result.metainfo);
    if (opened.type === 'problem') return this.#fail(opened.problem);
    if (layer !== undefined) this.content.recallLayer(layer);
  }

  #takePart(): void {
    if (this.#record.paused || this.#participation !== undefined || this.#closed) return;
    const { random } = this.#surroundings;
    const options = {
      infoHash: this.infoHash,
      peerId: peerIdOf(random.bytes(ID_BYTES)),
      keys: this.#memberKeys,
      metainfo: this.content.metainfo,
      layer: this.content.layer,
      have: this.content.have,
      wanted: this.#record.wanted,
      pieces: () => this.content.pieces,
    };
    this.#participation = new Participation(this.#surroundings, options, this.#listener());
    this.#participation.start();
  }

  #leave(): void {
    this.#participation?.end();
    this.#participation = undefined;
    this.#aloneSince = undefined;
    this.#events.changed();
  }

  #listener(): ParticipationEvents {
    return {
      metainfo: (metainfo) => {
        const opened = this.content.open(metainfo);
        if (opened.type === 'problem') return this.#fail(opened.problem);
        this.#remember({ info: metainfo.info });
      },
      pieceLayer: (layer) => {
        this.content.learnLayer(layer);
        this.#remember({ layer: layer.bytes });
      },
      had: (piece) => this.content.had(piece),
      lost: (piece) => this.#lost(piece),
      completed: () => this.#events.changed(),
      strangersOnly: () => (this.#problem ??= { code: 'wrong-key' }),
      membersFound: () => {
        if (this.#problem?.code === 'wrong-key') this.#problem = undefined;
      },
      metainfoInvalid: (reason) => this.#fail({ code: 'metainfo-invalid', reason }),
      storageStopped: (result) =>
        this.#fail(result === 'full' ? { code: 'storage-full' } : { code: 'storage-failed', reason: result }),
      sourceFailed: (error) => this.#fail({ code: 'file-unreadable', name: nameOf(error) }),
      idTaken: () => this.#beginAgain(),
      announced: (result) => {
        this.#announced = result;
      },
      changed: () => this.#noticeLoneliness(),
    };
  }

  #lost(piece: Parameters<ParticipationEvents['lost']>[0]): void {
    if (this.#record.role === 'receiver') return this.content.lost(piece);
    const names = this.content.fileNamesOf(piece);
    this.#fail({ code: 'files-differ', names });
  }

  /** Somebody else holds our peer id at the tracker: come back under a fresh one. */
  #beginAgain(): void {
    this.#leave();
    this.#takePart();
  }

  #fail(problem: ShareProblem): void {
    this.#problem = problem;
    this.#leave();
  }

  #remember(change: Partial<ShareRecord>): void {
    this.#record = { ...this.#record, ...change };
    this.#events.recordChanged(this.#record);
    this.#events.changed();
  }

  #noticeLoneliness(): void {
    if (this.#participation?.lonely === true) this.#aloneSince ??= this.#surroundings.clock.now();
    else this.#aloneSince = undefined;
    this.#events.changed();
  }
}

function nameOf(error: unknown): string {
  return error instanceof UnreadableFile ? error.path.join('/') : 'a file';
}
