import { storageSuite } from '../acceptance/storage.ts';
import { memoryStorage } from './memoryStorage.ts';

storageSuite('memoryStorage', () => {
  const storage = memoryStorage();
  return () => Promise.resolve(storage);
});
