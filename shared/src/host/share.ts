import { type Bytes, equal } from '../base/bytes.ts';
import { type InfoHash, peerIdOf, ID_BYTES } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { deriveMemberKeys, deriveShareKeys, type MemberKeys, type ShareKeys } from '../content/keys.ts';
import { openManifest } from '../content/manifest.ts';
import { PieceLayer } from '../content/merkle.ts';
import { type Metainfo, parseInfo } from '../content/metainfo.ts';
import type { PieceVerifier } from '../content/pieceVerifier.ts';
import { contentStream } from './contentStream.ts';
import { FileProgress } from './fileProgress.ts';
import { FilesSource, UnreadableFile } from './filesSource.ts';
import { Participation, type ParticipationEvents, type Pieces, type Surroundings } from './participation.ts';
import { fromSource, fromStore, PieceReader } from './pieceReader.ts';
import { PieceWriter } from './pieceWriter.ts';
import type { AnnounceResult, PieceStore, Storage } from './ports.ts';
import type { ShareRecord } from './shareRecord.ts';
import type { ChosenFile, ShareProblem, ShareState } from './snapshot.ts';

/** What the share is made of, once its metainfo has been read and its manifest opened. */
export interface Opened {
  readonly metainfo: Metainfo;
  readonly files: FileProgress;
}

export interface ShareEvents {
  changed(): void;
  /** What is to be remembered has changed. */
  recordChanged(record: ShareRecord): void;
}

/** One share this browser remembers: what is known of it, what is here, and, unless paused, its part in the swarm. */
export class Share {
  readonly infoHash: InfoHash;
  readonly #surroundings: Surroundings;
  readonly #storage: Storage;
  readonly #events: ShareEvents;
  readonly #keys: ShareKeys;
  readonly #memberKeys: MemberKeys;
  #record: ShareRecord;
  #opened: Opened | undefined;
  #layer: PieceLayer | undefined;
  #store: PieceStore | undefined;
  #writer: PieceWriter | undefined;
  #reader: PieceReader | undefined;
  #source: FilesSource | undefined;
  #participation: Participation | undefined;
  #problem: ShareProblem | undefined;
  #announced: AnnounceResult | undefined;
  #done = 0;
  #aloneSince: Time | undefined;
}
