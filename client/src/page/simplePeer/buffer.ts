/** In place of `buffer` beneath simple-peer, which wraps what its channel brings. */
export const Buffer = { from: (bytes: ArrayBuffer): Uint8Array => new Uint8Array(bytes) };
