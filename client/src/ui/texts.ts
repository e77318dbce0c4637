import { counted, formatBytes, formatDuration, formatList, formatPercent, worded } from './formats.ts';

/** Every word the page says, in English. A sentence with a number or a name in it is a function. */
export const texts = {
  name: 'Shoal',
  home: 'Shoal, start page',
  shareSomething: 'Share something',

  landing: {
    title: 'Send files straight to people',
    sentence:
      'Drop files or a folder and send the link. Nothing is uploaded to a server, and everyone who downloads helps the next one.',
    openTitle: 'Got a link?',
    openLabel: 'Link',
    openPlaceholder: 'Paste it here',
    open: 'Open',
    elsewhere: (host: string) =>
      `This link belongs to ${host}, which introduces its people to each other. Here, nobody may be found.`,
    openElsewhere: (host: string) => `Open it on ${host}`,
    openAnyway: 'Try it here',
    listTitle: 'Remembered in this browser',
    untitled: 'Not known yet',
  },

  picker: {
    share: 'Drop files or a folder here',
    again: 'Drop the same files or folder here',
    files: 'Choose files',
    folder: 'Choose a folder',
    overlay: 'Drop to share',
    overlayAgain: 'Drop to go on sharing',
    reading: 'Looking through the folders…',
    empty: 'There is no file in there. Choose something with at least one file.',
    unreadable: (name: string) =>
      `${name} could not be read, so nothing was shared. Check that you may open it, and try again.`,
  },

  honesty: {
    title: 'How it works',
    lines: [
      [
        'Browser to browser',
        'Files are encrypted here and go straight to the people you invite. The server only introduces you.',
      ],
      ['The link is the key', 'Whoever has it can read everything, so send it only to those who may.'],
      [
        'You can be seen',
        'People in the same share see one another’s IP address, as in any direct connection.',
      ],
    ],
    moreTitle: 'Who learns what',
    more: [
      'The server learns which addresses meet in which share, and when. It never has the key, a name or a file.',
      'Where no direct connection is possible, a relay passes the encrypted bytes on and learns how many there were.',
      'Whoever serves this page could serve a different one. Use a server you trust, or run your own.',
    ],
  },

  settings: {
    uploadLimit: 'Upload limit',
    unit: 'KiB/s',
    hint: 'Leave empty for no limit.',
    invalid: 'A whole number above 0, or nothing.',
  },

  roles: { sharer: 'Shared by you', receiver: 'From a link' },

  listStates: {
    preparing: 'Preparing',
    connecting: 'Connecting',
    ready: 'Ready to download',
    downloading: 'Downloading',
    complete: 'Complete',
    sharing: 'Sharing',
    paused: 'Paused',
    error: 'Needs attention',
  },

  status: {
    preparing: 'Preparing. Your files are read and encrypted once; this takes a moment.',
    reaching: 'Connecting…',
    looking: 'Looking for people who have this…',
    asking: 'Connected. Asking for names and sizes…',
    ready: 'Ready to download.',
    downloading: 'Downloading.',
    waiting: 'Waiting for somebody to connect.',
    complete: 'Complete. Every byte is here and verified.',
    helping: 'You are now helping others: the longer this tab stays open, the better.',
    sharing: 'Ready. Send the link to whoever should have this.',
    pausedSharer: 'Paused. Nobody can download from you.',
    pausedReceiver: 'Paused. What is here is kept.',
    quarter: (percent: number) => `${formatPercent(percent)} done`,
    unreachable:
      'The server that introduces people cannot be reached. Those already connected go on; new people have to wait. Trying again…',
  },

  opening: 'Opening a link',
  preparing: 'Preparing',
  wrong: 'That did not work',

  link: {
    title: 'Your link',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'The browser did not allow it: the link is selected, copy it by hand.',
    keyNote: 'Whoever has this link can read everything.',
    keepOpen: 'Keep this tab open until somebody has everything.',
    mayClose: (copies: number) =>
      `You may close this tab: ${counted(copies, 'full copy is', 'full copies are')} out.`,
    mayCloseNote: 'Newcomers can go on as long as one of them stays online.',
  },

  progress: {
    preparing: 'Preparing',
    download: 'Download',
    of: (done: number, size: number) => `${formatBytes(done)} of ${formatBytes(size)}`,
    left: (seconds: number) => `${formatDuration(seconds)} left`,
    leftUnknown: 'Time left unknown',
  },

  /** Each follows a value: `3`, `1.2 GB`, `8 MB/s`. */
  numbers: {
    title: 'Right now',
    peers: (count: number) => worded(count, 'person connected', 'people connected'),
    copies: (count: number) => worded(count, 'full copy elsewhere', 'full copies elsewhere'),
    uploaded: 'sent',
    downloaded: 'received',
    down: 'download speed',
    up: 'upload speed',
  },

  actions: {
    download: (size: number) => `Download ${formatBytes(size)}`,
    pause: 'Pause',
    resume: 'Resume',
    retry: 'Try again',
    save: 'Save',
    saveNamed: (name: string) => `Save ${name}`,
    saveAll: 'Save all as zip',
    remove: 'Remove',
    stop: 'Stop sharing',
    cancel: 'Cancel',
    keep: 'Keep',
    confirmSharer:
      'The link stops working here, and this browser forgets it. Your own files stay where they are.',
    confirmReceiver: 'What was downloaded into this browser is deleted. Files you saved stay where they are.',
  },

  files: {
    title: 'Files',
    summary: (count: number, size: number) => `${counted(count, 'file', 'files')}, ${formatBytes(size)}`,
    all: (count: number) => `Show all ${counted(count, 'file', 'files')}`,
    here: 'Complete',
  },

  people: {
    title: 'Who is here',
    nobodySharer: 'Nobody yet. Send the link to somebody.',
    nobodyReceiver: 'Nobody is connected right now.',
    name: (short: string) => `Peer ${short}`,
    routes: { direct: 'direct', relayed: 'relayed', unknown: 'finding a route' },
    has: (percent: number) => `has ${formatPercent(percent)}`,
    hasAll: 'has everything',
    all: (count: number) => `Show all ${counted(count, 'person', 'people')}`,
  },

  trouble: {
    title: 'Having trouble connecting?',
    nobody: [
      'Nobody who has this is here right now. Ask the sender to open the tab again; it goes on by itself.',
      'If the sender is online, check that the whole link was copied, to its last character.',
    ],
    blocked: (members: number) => [
      `${counted(members, 'person is', 'people are')} here, but no direct connection has succeeded yet.`,
      'A strict firewall, a company network or a VPN often blocks it: try without the VPN, or from another network such as a phone’s.',
    ],
    unreachable: [
      'The server that introduces people cannot be reached. Check that you are online.',
      'Some networks block WebSocket connections: try another one.',
    ],
    wait: 'You can leave this page open; it keeps trying.',
  },

  problems: {
    linkMalformed: {
      title: 'This is not a Shoal link.',
      todo: 'A link ends in # and a long row of letters and digits. Copy it again, whole, and paste it here.',
    },
    linkTruncated: (expected: number, received: number) => ({
      title: `This link is cut short: ${received} of ${counted(expected, 'character', 'characters')} arrived.`,
      todo: 'Some programs break long links. Ask for it again, and copy it to its last character.',
    }),
    linkMistyped: {
      title: 'There is a typing error in this link.',
      todo: 'Its check digits do not match. Copy it instead of typing it, or scan the QR code.',
    },
    linkUnsupported: {
      title: 'This link is of a kind that this version does not know.',
      todo: 'Reload the page to get the newest version, or ask the sender which one made the link.',
    },
    wrongKey: {
      title: 'The key in this link is wrong.',
      todo: 'There is such a share, but this key does not open it. Ask the sender for the link again.',
    },
    metainfoInvalid: (reason: string) => ({
      title: 'The description of this share is not valid.',
      todo: `Nothing was downloaded. Ask the sender to share it anew. (${reason})`,
    }),
    filesNeeded: {
      title: 'Choose the files again to go on sharing.',
      todo: 'After a reload, a browser may not read your files by itself. Give the same ones, and the same link goes on working.',
    },
    filesDiffer: (names: readonly string[], more: number) => ({
      title: 'These are not the files that were shared.',
      todo: `Missing or changed: ${formatList(more > 0 ? [...names, counted(more, 'other', 'others')] : names)}. Choose the originals, or share the new ones as a new link.`,
    }),
    fileUnreadable: (name: string) => ({
      title: `${name} cannot be read any more.`,
      todo: 'It was moved, changed or deleted, so sharing has stopped before a wrong byte went out. Choose the files again.',
    }),
    storageFull: {
      title: 'There is no room left in this browser’s storage.',
      todo: 'What is here is kept. Free some disk space, or remove a share you have saved, then try again.',
    },
    storageFailed: (reason: string) => ({
      title: 'This browser’s storage does not work.',
      todo: `In a private window, try a normal one; otherwise reload the page. (${reason})`,
    }),
  },

  unsupported: {
    title: 'This page cannot work here',
    insecure: (origin: string) => [
      `It was opened at ${origin}, over plain HTTP. Browsers give encryption only to pages on https:// or on localhost, and Shoal sends nothing without it.`,
      'Open it over https://. On the computer that runs Shoal, http://localhost works as well.',
    ],
    webrtc: [
      'This browser has no WebRTC, or it is switched off, so it cannot connect to other browsers.',
      'Use a current Firefox, Chrome, Edge or Safari, and allow WebRTC if an extension blocks it.',
    ],
    serviceWorker: [
      'This window has no service worker, without which downloaded files cannot be saved. Some browsers switch it off in private windows.',
      'Open the link in a normal window.',
    ],
  },
} as const;
