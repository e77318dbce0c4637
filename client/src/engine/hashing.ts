import { localRunHasher } from '@shoal/shared/host/pieceRun.ts';
import { nobleCrypto } from '@shoal/shared/platform/nobleCrypto.ts';
import { webCryptoHasher } from '@shoal/shared/platform/webCryptoHasher.ts';
import { expose } from 'comlink';

// A worker beside the engine's, which hashes what is to be shared.
expose(localRunHasher({ crypto: nobleCrypto, hasher: webCryptoHasher() }));
