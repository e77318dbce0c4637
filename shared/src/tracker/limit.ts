import { MINUTE, SECOND } from '../base/time.ts';
import type { AllowanceRule } from './allowance.ts';

/** Members handed out with one announce, however many are wanted. */
export const MAX_MEMBERS = 50;

/** Swarms that one scrape may ask about. */
export const MAX_SCRAPED = 50;

/** Bytes of one sealed signal. A description with its candidates is some 2 KiB. */
export const MAX_SEALED = 32 * 1024;

/** Bytes of one message to the tracker. */
export const MAX_TRACKER_MESSAGE = 64 * 1024;

/** Bytes of the token that a peer id is bound to. */
export const TOKEN_BYTES = 32;

/** Bytes of a check: HMAC-SHA-256. */
export const CHECK_BYTES = 32;

/** Bounds of what a client accepts as announce interval, in milliseconds. */
export const LEAST_INTERVAL = 5 * SECOND;
export const MOST_INTERVAL = 60 * MINUTE;

/** STUN and TURN servers that a client accepts from a tracker. */
export const MAX_ICE_SERVERS = 16;

/** WebSocket messages that one connection may send to a tracker. */
export const CONNECTION_MESSAGES: AllowanceRule = { rate: 60, burst: 150 };

/** In WebSocket messages: the sealed bytes travel in one of their own. */
export const ANNOUNCE_COST = 1;
export const SIGNAL_COST = 2;
