import type { ShareProblem } from '@shoal/shared/host/snapshot.ts';

/** What a person can do about a problem right where it is told. */
export type Remedy = 'paste-link' | 'give-files' | 'choose-anew' | 'retry' | 'none';

export function remedyFor(problem: ShareProblem): Remedy {
  switch (problem.code) {
    case 'link-malformed':
    case 'link-truncated':
    case 'link-mistyped':
    case 'link-unsupported':
    case 'wrong-key':
      return 'paste-link';
    case 'files-needed':
    case 'files-differ':
    case 'file-unreadable':
      return 'give-files';
    case 'removed-elsewhere':
    case 'storage-full':
    case 'storage-held':
    case 'storage-gone':
    case 'storage-failed':
      return 'retry';
    case 'not-shareable':
      return 'choose-anew';
    case 'metainfo-invalid':
      return 'none';
  }
}
