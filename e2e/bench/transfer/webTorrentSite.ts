import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { webTorrentScript } from './webTorrentScript.ts';
import { WebTorrentTracker } from './webTorrentTracker.ts';

const PAGE = `<!doctype html><title>WebTorrent</title><input type="file"><script type="module">
import WebTorrent from '/webtorrent.min.js';
globalThis.WebTorrent = WebTorrent;
</script>`;

/** A page with nothing but stock WebTorrent on it, and its tracker. */
export class WebTorrentSite {
  readonly origin: string;
  readonly tracker: string;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;

  private constructor(http: Server) {
    this.#http = http;
    const { port } = http.address() as AddressInfo;
    this.origin = `http://localhost:${port}`;
    this.tracker = `ws://localhost:${port}/announce`;
    this.#sockets = new WebSocketServer({ server: http });
    const tracker = new WebTorrentTracker();
    this.#sockets.on('connection', (socket) => tracker.serve(socket));
  }

  static async start(): Promise<WebTorrentSite> {
    const script = webTorrentScript();
    const http = createServer(({ url }, answer) => {
      const isScript = url === '/webtorrent.min.js';
      answer.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      answer.end(isScript ? script : PAGE);
    }).listen(0);
    await once(http, 'listening');
    return new WebTorrentSite(http);
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }
}
