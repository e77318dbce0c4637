import type { SharedThings } from './sharedMessage.ts';

/** As the manifest says under `share_target`. */
const PATH = 'share-target';
const TEXTS = ['title', 'text', 'url'];

export function isShareTarget({ method, url }: Pick<Request, 'method' | 'url'>, scope: string): boolean {
  return method === 'POST' && url === `${scope}${PATH}`;
}

/** Where the browser goes once the things are kept: the page sees from it that there is something to ask for. */
export function landingOf(scope: string): string {
  return `${scope}?${PATH}`;
}

/** Keeps what was shared last, in memory, until the page that opens right after asks for it. */
export class SharedShelf {
  #things: SharedThings | undefined;

  put(form: FormData): void {
    const files = form.getAll('files').filter((entry) => entry instanceof File);
    const words = TEXTS.map((name) => form.get(name)).filter((entry) => typeof entry === 'string');
    this.#things = { files, text: words.join('\n') };
  }

  /** Once: whoever reloads does not share again. */
  take(): SharedThings {
    const things = this.#things ?? { files: [], text: '' };
    this.#things = undefined;
    return things;
  }
}
