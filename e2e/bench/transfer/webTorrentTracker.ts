import type { WebSocket } from 'ws';

interface Member {
  readonly id: string;
  readonly socket: WebSocket;
}

/** What WebTorrent's clients say to their tracker, as JSON; binary fields are strings of one character a byte. */
interface Announce {
  readonly info_hash: string;
  readonly peer_id: string;
  readonly offers?: readonly { readonly offer: unknown; readonly offer_id: string }[];
  readonly answer?: unknown;
  readonly offer_id?: string;
  readonly to_peer_id?: string;
}

const INTERVAL_SECONDS = 120;

/** Introduces WebTorrent's clients to each other, and does nothing else that a tracker does. */
export class WebTorrentTracker {
  readonly #swarms = new Map<string, Map<string, Member>>();

  serve(socket: WebSocket): void {
    socket.on('message', (data: Buffer) => {
      const announce = JSON.parse(data.toString()) as Announce;
      if (announce.answer === undefined) this.#introduce(socket, announce);
      else this.#answer(announce);
    });
    socket.on('close', () => {
      for (const members of this.#swarms.values())
        for (const { id, socket: its } of members.values()) if (its === socket) members.delete(id);
    });
  }

  /** Each offer goes to another member, as far as there are any. */
  #introduce(socket: WebSocket, { info_hash, peer_id, offers = [] }: Announce): void {
    const members = this.#swarms.get(info_hash) ?? new Map<string, Member>();
    this.#swarms.set(info_hash, members.set(peer_id, { id: peer_id, socket }));
    say(socket, { info_hash, interval: INTERVAL_SECONDS, complete: 1, incomplete: members.size - 1 });
    const others = [...members.values()].filter(({ id }) => id !== peer_id);
    for (const [index, { offer, offer_id }] of offers.slice(0, others.length).entries())
      say(others[index]?.socket, { info_hash, peer_id, offer, offer_id });
  }

  #answer({ info_hash, peer_id, to_peer_id = '', answer, offer_id }: Announce): void {
    say(this.#swarms.get(info_hash)?.get(to_peer_id)?.socket, { info_hash, peer_id, answer, offer_id });
  }
}

function say(socket: WebSocket | undefined, what: object): void {
  socket?.send(JSON.stringify({ action: 'announce', ...what }));
}
