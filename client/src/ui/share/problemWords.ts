import type { ShareProblem } from '@shoal/shared/host/snapshot.ts';
import { isolate } from '../formats.ts';
import { texts } from '../texts.ts';

export interface ProblemWords {
  readonly title: string;
  readonly todo: string;
}

const NAMES_SHOWN = 5;

/** What happened, and what to do. */
export function problemWords(problem: ShareProblem): ProblemWords {
  switch (problem.code) {
    case 'link-malformed':
      return texts.problems.linkMalformed;
    case 'link-truncated':
      return texts.problems.linkTruncated(problem.expected, problem.received);
    case 'link-mistyped':
      return texts.problems.linkMistyped;
    case 'link-unsupported':
      return texts.problems.linkUnsupported;
    case 'wrong-key':
      return texts.problems.wrongKey;
    case 'metainfo-invalid':
      return texts.problems.metainfoInvalid(problem.reason);
    case 'not-shareable':
      return texts.problems.notShareable(problem.reason);
    case 'files-needed':
      return texts.problems.filesNeeded;
    case 'files-differ':
      return texts.problems.filesDiffer(
        problem.names.slice(0, NAMES_SHOWN).map(isolate),
        Math.max(0, problem.names.length - NAMES_SHOWN),
      );
    case 'file-unreadable':
      return texts.problems.fileUnreadable(isolate(problem.name));
    case 'removed-elsewhere':
      return texts.problems.removedElsewhere;
    case 'storage-full':
      return texts.problems.storageFull;
    case 'storage-held':
      return texts.problems.storageHeld;
    case 'storage-gone':
      return texts.problems.storageGone;
    case 'storage-failed':
      return texts.problems.storageFailed(problem.reason);
  }
}
