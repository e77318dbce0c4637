import { MINUTE, SECOND } from '../base/time.ts';

/** Bytes of an Ed25519 secret or public key, and of a signature. */
export const SECRET_BYTES = 32;
export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** Connections to other nodes that a node uses as links, at most. */
export const MAX_LINKS = 32;
/** As many it wants by itself. */
export const WANTED_LINKS = 16;
/** Beyond these it parts with what others can do without: there has to be room for who comes new. */
export const COMFORTABLE_LINKS = 24;
/** With fewer, a node may be on an island, in however good company. */
export const LEAST_LINKS = 12;
/** Nearest nodes whom to be linked with comes first; those kept are more, for whose neighbour is whose differs. */
export const NEIGHBOURS = 8;
export const KEPT_NEIGHBOURS = 12;
/** Links to one bucket that are wanted at most (Kademlia's K): one for each quarter of it. */
export const BUCKET_LINKS = 4;
/** Contacts known in one bucket: of those that a first contact tells, half are in the farthest. */
export const BUCKET_CONTACTS = 16;

/** Steps that one path may take, those in vain included. */
export const MAX_STEPS = 16;
/** Next hops that one node tries for one path. */
export const MAX_TRIES = 4;
/** Others' paths that a node remembers at once, and that it takes over one link. */
export const MAX_PATHS = 4000;
export const MAX_LINK_PATHS = 500;
/** How long an answer may come back along a path, and the path is known again. */
export const PATH_LIFE = 20 * SECOND;

/** Contacts in one message. */
export const MAX_CONTACTS = 8;
/** Provider records in one answer. */
export const MAX_PROVIDERS = 8;
/** Bytes that a provider record holds. */
export const MAX_BODY = 200;
/** Bytes of a mutable record's value and of its salt (BEP 44). */
export const MAX_VALUE = 1000;
export const MAX_SALT = 64;
/** Bytes of a signal, sealed, on its way through the overlay. */
export const MAX_SIGNAL = 8 * 1024;
/** Bytes of a message, encoded: a signal, and what is around it. */
export const MAX_MESSAGE = MAX_SIGNAL + 512;

/** A provider record is good for so long after it was signed, and is signed anew every so often. */
export const RECORD_LIFE = 20 * MINUTE;
export const REPUBLISH = 5 * MINUTE;
/** A mutable record that nobody put again is forgotten. */
export const MUTABLE_LIFE = 120 * MINUTE;
/** How far ahead of the network's time a record may be. */
export const CLOCK_TOLERANCE = 5 * MINUTE;

/** Records held for others, altogether, under one key, and from one sender. */
export const MAX_RECORDS = 2000;
export const MAX_KEY_RECORDS = 24;
export const MAX_SENDER_RECORDS = 300;

/** Nodes that a record is meant to be held by at least. */
export const REPLICAS = 8;
/** So many nodes make the region around a key in which its records are held. */
export const REGION_NODES = 16;
