import { type ServerOptions, WebSocketServer } from 'ws';

/**
 * One message of each connection in a turn of the event loop. Of what one socket has to say, the library would otherwise
 * handle all that one read brings, up to 64 KiB, before it hears anybody else. What waits is not read meanwhile: the
 * sender's TCP window closes.
 */
export class TurnTakingServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({ ...options, allowSynchronousEvents: false });
  }
}
