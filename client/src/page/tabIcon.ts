import type { Snapshot } from '@shoal/shared/host/snapshot.ts';

const STEPS = 20;
const RADIUS = 12;
const ROUND = 2 * Math.PI * RADIUS;

type Icon = Pick<HTMLLinkElement, 'getAttribute' | 'setAttribute'>;

/** Shows in the browser's tab how far the open share is, in steps, where the browser takes an SVG for an icon. */
export class TabIcon {
  readonly #link: Icon | null;
  #usual: string;
  /** The icon is no longer as the page came. */
  #drawn = false;

  /**
   * @param link the page's `link rel="icon"`.
   * @param read its text, read once: when the icon comes back, the server may be gone.
   */
  constructor(link: Icon | null, read: (href: string) => Promise<string>) {
    this.#link = link;
    this.#usual = link?.getAttribute('href') ?? '';
    void read(this.#usual).then(
      (svg) => (this.#usual = urlOf(svg)),
      () => undefined,
    );
  }

  follow({ open }: Snapshot): void {
    const moving = open?.state === 'downloading' || open?.state === 'preparing';
    if (moving && open.size > 0) this.#set(ring(Math.floor((open.done / open.size) * STEPS) / STEPS));
    else if (this.#drawn) this.#set(this.#usual);
  }

  #set(href: string): void {
    this.#drawn = true;
    if (this.#link !== null && this.#link.getAttribute('href') !== href)
      this.#link.setAttribute('href', href);
  }
}

/** A ring filled clockwise from the top. Legible on light and dark tabs. */
function ring(part: number): string {
  const circle = `<circle cx="16" cy="16" r="${RADIUS}" fill="none" stroke-width="7"`;
  const arc = `stroke-dasharray="${(part * ROUND).toFixed(1)} ${ROUND.toFixed(1)}" transform="rotate(-90 16 16)"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${circle} stroke="#9fb3b1"/>${circle} stroke="#0f8a92" ${arc}/></svg>`;
  return urlOf(svg);
}

function urlOf(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
