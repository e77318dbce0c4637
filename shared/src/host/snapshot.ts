/**
 * What the page draws and what it can ask for. Snapshots are immutable, arrive as often as `Publisher` says, and an
 * unchanged part keeps its reference.
 */

/** Of one share in this browser; the info hash once it is known, a random name while the share is prepared. */
export type ShareId = string;

/** `data-state` of a share's view, as CONTRACT.md names them. */
export type ShareState =
  'preparing' | 'connecting' | 'ready' | 'downloading' | 'complete' | 'sharing' | 'paused' | 'error';

/** What went wrong, named; the page has the words. */
export type ShareProblem =
  /** The files chosen cannot be made into a share. */
  | { readonly code: 'not-shareable'; readonly reason: string }
  | { readonly code: 'link-malformed' }
  | { readonly code: 'link-truncated'; readonly expected: number; readonly received: number }
  | { readonly code: 'link-mistyped' }
  | { readonly code: 'link-unsupported' }
  | { readonly code: 'wrong-key' }
  | { readonly code: 'metainfo-invalid'; readonly reason: string }
  | { readonly code: 'files-needed' }
  | { readonly code: 'files-differ'; readonly names: readonly string[] }
  | { readonly code: 'file-unreadable'; readonly name: string }
  | { readonly code: 'storage-full' }
  /** Another version of the page has what this one has stored. */
  | { readonly code: 'storage-held' }
  /** The sharer has removed it in another tab. */
  | { readonly code: 'removed-elsewhere' }
  /** What was stored is there no more: removed in another tab, or cleared by the browser. */
  | { readonly code: 'storage-gone' }
  | { readonly code: 'storage-failed'; readonly reason: string };

export interface FileSnapshot {
  /** Place in the manifest. */
  readonly index: number;
  /** Folders and name, safe to show and to save: segments only, never `..`, never a control character. */
  readonly path: readonly string[];
  readonly size: number;
  /** Verified bytes here. */
  readonly have: number;
  /** False when the person left it out. */
  readonly wanted: boolean;
}

export interface PeerSnapshot {
  readonly id: string;
  readonly route: 'direct' | 'relayed' | 'unknown';
  /** Bytes a second. */
  readonly rateDown: number;
  readonly rateUp: number;
  /** How much of the share the peer has, 0 to 1. */
  readonly progress: number;
}

export type TrackerState =
  /** Named by the link, and contacted only when the person says so. */
  | { readonly type: 'unasked' }
  | { readonly type: 'connecting' }
  | { readonly type: 'connected' }
  /** Not reached; tried again after so many milliseconds. */
  | { readonly type: 'waiting'; readonly retryIn: number }
  /** Reached, and takes no part in this share. */
  | { readonly type: 'refused'; readonly reason: string };

/** One way to the others of a share, and how it is. */
export type Way =
  | {
      readonly type: 'tracker';
      readonly host: string;
      /** Whether it is the page's own and not only the link's. */
      readonly own: boolean;
      readonly state: TrackerState;
    }
  /** Other tabs of this browser that take part; nodes of the DHT that this one is linked with; connected peers: how many. */
  | { readonly type: 'tabs' | 'dht' | 'peers'; readonly count: number };

/** How many were met by one way, and how many milliseconds ago the last one, if any was. */
export interface Meetings {
  readonly count: number;
  readonly ago: number | undefined;
}

export interface ShareSnapshot {
  readonly id: ShareId;
  /** What the person did: shared it, or opened somebody's link. */
  readonly role: 'sharer' | 'receiver';
  readonly state: ShareState;
  /** The whole URL, once there is one. */
  readonly link: string | undefined;
  /** A name for the list: the only file's or the common folder's name, else "N files". Empty until metadata is there. */
  readonly title: string;
  readonly files: readonly FileSnapshot[];
  /** Bytes of the files that are wanted. */
  readonly size: number;
  /** Verified bytes here, of `size`; while preparing, bytes hashed. */
  readonly done: number;
  readonly rateDown: number;
  readonly rateUp: number;
  /** Seconds until everything wanted is here, or hashed while preparing; nothing when it cannot be told. */
  readonly eta: number | undefined;
  readonly downloaded: number;
  readonly uploaded: number;
  readonly peers: readonly PeerSnapshot[];
  /** Who has been connected with in this participation, by way of whom. Nothing while it takes no part. */
  readonly met?: {
    readonly tracker: Meetings;
    /** Peers tell each other of those they are connected with. */
    readonly peers: Meetings & { readonly telling: number };
    readonly overlay: Meetings;
  };
  /** Full copies elsewhere, as far as is known. */
  readonly copies: number;
  /** Whether the tracker is reached: the page tells "nobody is here" from "no way to look". */
  readonly tracker: 'connecting' | 'connected' | 'unreachable';
  /** By which ways others are found: trackers, the page's own first, then all else. */
  readonly ways: readonly Way[];
  /** Others the tracker knows in this swarm, at the last announce. */
  readonly members: number | undefined;
  /** Milliseconds spent with nobody connected while somebody was needed. */
  readonly alone: number;
  readonly problem: ShareProblem | undefined;
}

/** A line of the list on the landing page. */
export interface ShareSummary {
  readonly id: ShareId;
  readonly role: 'sharer' | 'receiver';
  readonly state: ShareState;
  readonly title: string;
  readonly size: number;
  readonly done: number;
  readonly link: string | undefined;
}

/** A share that was just removed and can still be brought back. */
export interface RemovedShare {
  readonly id: ShareId;
  readonly title: string;
}

export interface Snapshot {
  /** Shares this browser remembers, newest first. */
  readonly shares: readonly ShareSummary[];
  /** The last removed first. */
  readonly removed: readonly RemovedShare[];
  /** The share whose view is open. */
  readonly open: ShareSnapshot | undefined;
  readonly settings: Settings;
  /** Whether a TURN relay is offered: without one, `relayOnly` connects to nobody. */
  readonly relays: boolean;
  /** Passing: everything is forgotten when the tab closes, as in a private window. */
  readonly storage: 'lasting' | 'passing';
  /** Nothing before anything is known of it. */
  readonly overlay?: OverlaySnapshot;
  /** The first contact by codes that is being made, or was made last. */
  readonly entry?: EntrySnapshot;
}

/** When strangers' pages may be linked with, so that people find each other without a server. */
export type DhtSetting = 'off' | 'whileSharing' | 'always';

/** How the DHT is doing in this tab. */
export interface OverlaySnapshot {
  /** Off, not at work yet, or at work. */
  readonly state: 'off' | 'waiting' | 'on';
  /** Pages that it is linked with; of those some are connected for nothing else. */
  readonly links: number;
  readonly own: number;
  /** A share has nobody, and there is neither a tracker nor anybody else to ask: another first contact would help. */
  readonly lonely: boolean;
}

/** A first contact by codes that people carry: an invitation there, an answer back. */
export interface EntrySnapshot {
  /** Working on a code; `made` and `answered`: it is to be carried; `taken`: the other side's answer is here. */
  readonly state: 'working' | 'made' | 'answered' | 'taken' | 'failed';
  readonly code: string | undefined;
  /** The share that the invitation names. */
  readonly share: ShareId | undefined;
  /** That share's, with the invitation in it. */
  readonly link: string | undefined;
  /** Has been, at least. */
  readonly connected: boolean;
  /** Unreached: both codes were carried, perhaps too slowly, and no connection came of them. */
  readonly problem:
    | 'malformed'
    | 'mistyped'
    | 'unsupported'
    | 'own'
    | 'expired'
    | 'unreached'
    | 'no-room'
    | 'no-overlay'
    | undefined;
}

export interface Settings {
  /** KiB a second; nothing for no limit. */
  readonly uploadLimit: number | undefined;
  /** Connections only through a TURN relay, which hides one's address from other peers. */
  readonly relayOnly: boolean;
  /** `whileSharing` when nothing is said. */
  readonly dht?: DhtSetting;
}

/** One file chosen by a person: where it belongs in the folder, and its bytes. */
export interface ChosenFile {
  readonly path: readonly string[];
  readonly file: Blob & { readonly lastModified?: number };
}

/** What the page can ask of the engine. Nothing is returned: the next snapshot shows what came of it. */
export type Command =
  | { readonly type: 'share'; readonly files: readonly ChosenFile[] }
  | { readonly type: 'open-link'; readonly fragment: string }
  | { readonly type: 'open-share'; readonly id: ShareId }
  | { readonly type: 'close-view' }
  | { readonly type: 'download'; readonly id: ShareId }
  /** The trackers that the link names may be contacted; `download` says so too. */
  | { readonly type: 'ask-trackers'; readonly id: ShareId }
  | { readonly type: 'pause'; readonly id: ShareId }
  | { readonly type: 'resume'; readonly id: ShareId }
  /** Out of sight at once, deleted a few seconds later. */
  | { readonly type: 'remove'; readonly id: ShareId }
  | { readonly type: 'undo-remove'; readonly id: ShareId }
  /** The sharer gives the files of a remembered share again. */
  | { readonly type: 'give-files'; readonly id: ShareId; readonly files: readonly ChosenFile[] }
  /** The files, by their index, that the person does not want, and no others. */
  | { readonly type: 'leave-out'; readonly id: ShareId; readonly files: readonly number[] }
  | { readonly type: 'set-dht'; readonly to: DhtSetting }
  /** An invitation to this page, for somebody who has no way in; naming the share, where there is one to meet in. */
  | { readonly type: 'make-invitation'; readonly share?: ShareId }
  /** A code that somebody brought: an invitation, or the answer to one made here. */
  | { readonly type: 'take-code'; readonly code: string }
  | { readonly type: 'end-invitation' }
  | { readonly type: 'set-relay-only'; readonly on: boolean }
  | { readonly type: 'set-upload-limit'; readonly limit: number | undefined };
