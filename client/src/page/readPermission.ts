type Answer = 'granted' | 'denied' | 'prompt';

/** Part of the File System Access API, which TypeScript does not know. */
interface Permitting {
  queryPermission(wish: { mode: 'read' }): Promise<Answer>;
  requestPermission(wish: { mode: 'read' }): Promise<Answer>;
}

/** Whether all may be read without asking the person. */
export function mayRead(roots: readonly FileSystemHandle[]): Promise<boolean> {
  return allGranted(roots, (root) => root.queryPermission({ mode: 'read' }));
}

/** Asks the person where need be. Call from a press: everything is asked before anything is awaited. */
export function askToRead(roots: readonly FileSystemHandle[]): Promise<boolean> {
  return allGranted(roots, (root) => root.requestPermission({ mode: 'read' }));
}

async function allGranted(
  roots: readonly FileSystemHandle[],
  ask: (root: Permitting) => Promise<Answer>,
): Promise<boolean> {
  try {
    const answers = await Promise.all(
      roots.map(async (root): Promise<Answer> => (isPermitting(root) ? ask(root) : 'granted')),
    );
    return answers.every((answer) => answer === 'granted');
  } catch {
    return false;
  }
}

function isPermitting(root: object): root is Permitting {
  return 'queryPermission' in root && 'requestPermission' in root;
}
