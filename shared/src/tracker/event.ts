/** The names of what travels over the tracker's socket. */
export const EVENT = {
  /** Server to client, once after each connection: `Hello`. */
  hello: 'hello',
  /** Client to server, acknowledged with an `AnnounceReply`. */
  announce: 'announce',
  /** Client to server, acknowledged with a `ScrapeReply`. */
  scrape: 'scrape',
  /** Client to server and on to the other client, without acknowledgement: `SignalPayload`. */
  signal: 'signal',
  /** Server to client, some time before TURN credentials end: `IceUpdate`, which replaces what `hello` said. */
  ice: 'ice',
  /** Server to client, before it ends the connection of a client that asks too much: `Refused`. */
  refused: 'refused',
  /** Server to client, before the server goes away: `Goodbye`. */
  goodbye: 'goodbye',
} as const;
