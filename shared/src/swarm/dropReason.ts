/** Why we ended a connection, or what a peer is banned for. */
export type DropReason =
  | 'silent'
  | 'timed-out'
  | 'not-admitted'
  | 'reopened'
  | 'replaced'
  | 'path-lost'
  | 'useless'
  | 'malformed-message'
  | 'invalid-claims'
  | 'out-of-bounds'
  | 'unrequested-pieces'
  | 'request-flood'
  | 'message-flood'
  | 'never-drains'
  | 'poisoned'
  | 'invalid-metadata'
  | 'invalid-hashes';
