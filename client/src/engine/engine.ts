import type { Session } from '@shoal/shared/host/session.ts';
import type { Command, Settings, ShareId, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { Saveable, SaveChoice } from './saving.ts';
import { SnapshotSender, type SnapshotUpdate } from './snapshotUpdate.ts';

/** What the page hands the engine at the start. */
export interface EngineOptions {
  /** The page's own address, before the fragment. */
  readonly origin: string;
  readonly settings: Settings;
}

/** What the page may call across the thread (through Comlink, so every call is answered by a promise). */
export interface EngineApi {
  start(
    options: EngineOptions,
    transport: MessagePort,
    show: (update: SnapshotUpdate) => void,
  ): Promise<void>;
  command(command: Command): void;
  /** The page is on another network, or on one again. */
  networkChanged(): void;
  /** Nothing when there is no such share or file. */
  saveable(id: ShareId, what: SaveChoice): Promise<Saveable | undefined>;
  /** Gives the bytes to whoever asks at the other end of the port. */
  save(id: ShareId, what: SaveChoice, port: MessagePort): Promise<void>;
  end(): void;
}

export type MakeSession = (
  options: EngineOptions,
  transport: MessagePort,
  show: (snapshot: Snapshot) => void,
) => Promise<Session>;

/** The engine as the page sees it: a session, once there is one, and what was asked of it before. */
export class Engine implements EngineApi {
  readonly #makeSession: MakeSession;
  #session: Session | undefined;
  #early: Command[] = [];

  constructor(makeSession: MakeSession) {
    this.#makeSession = makeSession;
  }

  async start(
    options: EngineOptions,
    transport: MessagePort,
    show: (update: SnapshotUpdate) => void,
  ): Promise<void> {
    const sender = new SnapshotSender();
    const session = await this.#makeSession(options, transport, (snapshot) => show(sender.next(snapshot)));
    this.#session = session;
    // Before the start, so that the first thing shown is what was asked for.
    for (const command of this.#early) session.command(command);
    this.#early = [];
    await session.start();
  }

  command(command: Command): void {
    if (this.#session === undefined) this.#early.push(command);
    else this.#session.command(command);
  }

  networkChanged(): void {
    this.#session?.networkChanged();
  }

  async saveable(id: ShareId, what: SaveChoice): Promise<Saveable | undefined> {
    const content = this.#session?.share(id)?.content;
    return content && (await saving()).saveableOf(content, what);
  }

  async save(id: ShareId, what: SaveChoice, port: MessagePort): Promise<void> {
    const content = this.#session?.share(id)?.content;
    if (content === undefined) port.close();
    else (await saving()).save(content, what, port);
  }

  end(): void {
    this.#session?.end();
  }
}

/** Loaded for who saves something. */
function saving() {
  return import('./saving.ts');
}
