import type { Session } from '@shoal/shared/host/session.ts';
import type { ShareContent } from '@shoal/shared/host/shareContent.ts';
import type { Command, Settings, ShareId, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { titleOf } from '@shoal/shared/host/title.ts';
import { streamOf } from './chunks.ts';
import { saveStream } from './saveStream.ts';
import { SnapshotSender, type SnapshotUpdate } from './snapshotUpdate.ts';
import type { Zip } from './zipStream.ts';

/** What the page hands the engine at the start. */
export interface EngineOptions {
  /** The page's own address, before the fragment. */
  readonly origin: string;
  readonly settings: Settings;
}

/** One file of a share, or all of them as a zip. */
export type SaveChoice = number | 'all';

/** What a save is called, and its bytes. */
export interface Saveable {
  readonly name: string;
  readonly size: number;
}

/** What the page may call across the thread (through Comlink, so every call is answered by a promise). */
export interface EngineApi {
  start(
    options: EngineOptions,
    transport: MessagePort,
    show: (update: SnapshotUpdate) => void,
  ): Promise<void>;
  command(command: Command): void;
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

  async saveable(id: ShareId, what: SaveChoice): Promise<Saveable | undefined> {
    const content = this.#session?.share(id)?.content;
    if (content === undefined) return undefined;
    if (what === 'all') return { name: `${zipNameOf(content)}.zip`, size: (await zipOf(content)).size };
    const file = content.files[what];
    return file && { name: file.path.at(-1) ?? '', size: file.size };
  }

  async save(id: ShareId, what: SaveChoice, port: MessagePort): Promise<void> {
    const content = this.#session?.share(id)?.content;
    const zip = content && what === 'all' ? await zipOf(content) : undefined;
    const chunks = zip?.chunks ?? (what === 'all' ? undefined : content?.stream(what));
    const size = zip?.size ?? (what === 'all' ? undefined : content?.files[what]?.size);
    if (chunks === undefined) port.close();
    else void saveStream(port, chunks, size);
  }

  end(): void {
    this.#session?.end();
  }
}

function zipNameOf({ files }: ShareContent): string {
  return titleOf(files.map(({ path }) => path)) || 'shoal';
}

/** What writes a zip is loaded for who wants one. */
async function zipOf(content: ShareContent): Promise<Zip> {
  const { zipStream } = await import('./zipStream.ts');
  return zipStream(
    content.files
      .filter(({ wanted }) => wanted)
      .map(({ index, path, size }) => ({
        path,
        size,
        stream: () => streamOf(content.stream(index)),
      })),
  );
}
