import { splitInviteLink } from '@shoal/shared/content/inviteLink.ts';
import type { Command, Snapshot } from '@shoal/shared/host/snapshot.ts';

/**
 * Keeps the address bar and the open view in step: a link opens its share, and a share that is open shows its link, so
 * that reloading the page comes back to it.
 */
export class Address {
  readonly #window: Window;
  readonly #send: (command: Command) => void;
  #wasOpen = false;

  constructor(window: Window, send: (command: Command) => void) {
    this.#window = window;
    this.#send = send;
    window.addEventListener('hashchange', () => this.read());
    window.addEventListener('popstate', () => this.read());
  }

  /** Opens what the address names. */
  read(): void {
    const { hash } = this.#window.location;
    this.#send(hash === '' || hash === '#' ? { type: 'close-view' } : { type: 'open-link', fragment: hash });
    // Taken once: who comes back to this address is not invited again.
    const { link, code } = splitInviteLink(hash);
    if (code !== undefined) this.#window.history.replaceState(null, '', link);
  }

  /** Follows the view. A link that cannot be opened stays in the address, to be mended there. */
  follow({ open }: Snapshot): void {
    if (open?.link !== undefined) this.#write(new URL(open.link).hash);
    else if (open === undefined && this.#wasOpen) this.#write('');
    this.#wasOpen = open !== undefined;
  }

  #write(hash: string): void {
    const { location, history } = this.#window;
    if (location.hash !== hash) history.pushState(null, '', hash === '' ? location.pathname : hash);
  }
}
