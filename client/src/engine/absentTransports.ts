/** In place of the transports of socket.io that a worker which speaks WebSocket alone never uses. */
export const Fetch = undefined;
export const XHR = undefined;
export const WT = undefined;
