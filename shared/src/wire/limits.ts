/** The largest range a peer may request, and so the largest data of a piece message. */
export const MAX_REQUEST = 128 * 1024;

/** The largest payload of an extension message (BEP 10). */
export const MAX_EXTENDED = 64 * 1024;

/** The largest frame, length prefix included: a piece message of MAX_REQUEST bytes. No bitfield is longer (MAX_PIECES). */
export const MAX_FRAME = 4 + 9 + MAX_REQUEST;

/** Metadata travels in parts of this many bytes, the last one perhaps shorter (BEP 9). */
export const METADATA_PART = 16 * 1024;

/** The most names one peer's extended handshake may announce. */
export const MAX_EXTENSIONS = 64;

/** The largest sealed signal, in bytes. */
export const MAX_SIGNAL = 32 * 1024;

/** The largest sealed signal that a peer passes on to another, in bytes. */
export const MAX_PASSED = 8 * 1024;

/** The longest ICE candidate line, in characters. */
export const MAX_CANDIDATE = 1024;

/** The most lanes to one peer: their numbers are below this. */
export const MAX_LANES = 16;
