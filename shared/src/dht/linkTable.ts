import type { Link, LinkKey } from './link.ts';
import type { NodeId } from './nodeId.ts';

/**
 * Proven connections by number, and of those the links: one a node. A swarm's connection to a node that there is a link
 * to is held ready to take its place.
 */
export class LinkTable {
  readonly #connections = new Map<LinkKey, Link>();
  readonly #links = new Map<NodeId, Link>();

  get size(): number {
    return this.#links.size;
  }

  /** Links, in no order. */
  [Symbol.iterator](): IterableIterator<Link> {
    return this.#links.values();
  }

  connection(key: LinkKey): Link | undefined {
    return this.#connections.get(key);
  }

  link(id: NodeId): Link | undefined {
    return this.#links.get(id);
  }

  /** Becomes the link to its node, unless there is one. */
  add(link: Link): void {
    this.#connections.set(link.key, link);
    if (!this.#links.has(link.contact.id)) this.#links.set(link.contact.id, link);
  }

  /** True when a link is lost by it, and none takes its place. */
  delete(key: LinkKey): boolean {
    const link = this.#connections.get(key);
    this.#connections.delete(key);
    return link !== undefined && this.rest(link);
  }

  /** No longer a link; the connection may stay. */
  rest(link: Link): boolean {
    const { id } = link.contact;
    if (this.#links.get(id) !== link) return false;
    this.#links.delete(id);
    const other = [...this.#connections.values()].find((each) => each !== link && each.contact.id === id);
    if (other !== undefined) this.#links.set(id, other);
    return other === undefined;
  }
}
