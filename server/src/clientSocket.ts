import type { Goodbye, Hello, IceUpdate, Refused, SignalPayload } from '@shoal/shared/tracker/payload.ts';
import type { Server, Socket } from 'socket.io';
import type { Visitor } from './doorkeeper.ts';

interface FromClient {
  announce(payload: unknown, acknowledge: unknown): void;
  scrape(payload: unknown, acknowledge: unknown): void;
  signal(payload: unknown): void;
}

interface ToClient {
  hello(payload: Hello): void;
  ice(payload: IceUpdate): void;
  signal(payload: SignalPayload): void;
  refused(payload: Refused): void;
  goodbye(payload: Goodbye): void;
}

/** Nothing between servers yet. */
type BetweenServers = Record<string, never>;

interface ClientData {
  visitor: Visitor;
  /** By which the client reached us, as a host name. */
  name: string | undefined;
}

export type ClientSocket = Socket<FromClient, ToClient, BetweenServers, ClientData>;
export type ClientServer = Server<FromClient, ToClient, BetweenServers, ClientData>;
/** The Engine.IO connection below a client's socket. */
export type ClientConnection = ClientSocket['conn'];
