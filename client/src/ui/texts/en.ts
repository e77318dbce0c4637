import { Formats } from '../formats.ts';

const format = new Formats('en');

/**
 * Every word the page says, in English, and so the shape of every other language. A sentence with a number or a name
 * in it is a function.
 */
export const en = {
  /** As BCP 47 names it, and which way it is written. */
  language: 'en',
  direction: 'ltr',
  format,

  name: 'Shoal',
  home: 'Shoal, start page',
  shareSomething: 'Share something',

  landing: {
    title: 'Send files straight to people',
    sentence:
      'Drop files or a folder and send the link. Nothing is uploaded to a server, and everyone who downloads helps the next one.',
    openTitle: 'Got a link?',
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

  /** Of a share whose files this browser may still find. */
  again: {
    give: 'Share the same files again',
    refused:
      'The browser may not read them without your permission. Press again and allow it, or choose the files below.',
    gone: 'They are no longer where they were, or cannot be read. Choose the files below.',
  },

  honesty: {
    title: 'How it works',
    lines: [
      {
        term: 'Browser to browser',
        words:
          'Files are encrypted here and go straight to the people you invite. The server only introduces you.',
      },
      {
        term: 'The link is the key',
        words: 'Whoever has it can read everything, so send it only to those who may.',
      },
      {
        term: 'You can be seen',
        words: 'People in the same share see one another’s IP address, as in any direct connection.',
      },
    ],
    moreTitle: 'Who learns what',
  },

  settings: {
    title: 'Settings',
    language: 'Language',
    uploadLimit: 'Upload limit',
    unit: 'KiB/s',
    hint: 'Leave empty for no limit.',
    invalid: 'A whole number above 0, or nothing.',
    relayOnly: 'Hide my IP address',
    relayOnlyHint: 'Everything goes through a relay, if the server has one. This is slower.',
    relayMissing: 'This server has no relay, so nobody can be reached.',
    finding: 'Finding people without a server',
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
    filesNeeded: 'Waiting for its files',
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
    quarter: (percent: number) => `${format.percent(percent)} done`,
    unreachable:
      'The server that introduces people cannot be reached. Those already connected go on; new people have to wait. Keep this tab open; it goes on trying.',
    keepInFront: 'Keep this page in front: phones and tablets stop pages that are hidden.',
  },

  /** Where the browser keeps nothing. */
  passing: {
    receiver:
      'This browser keeps nothing, perhaps because the window is private or cookies are blocked. What is downloaded is gone when this tab closes, so save it first.',
    sharer:
      'This browser keeps nothing, perhaps because the window is private or cookies are blocked. When this tab closes, this share is forgotten and its link stops working.',
  },

  opening: 'Opening a link',
  preparing: 'Preparing',
  wrong: 'That did not work',

  link: {
    title: 'Your link',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'The browser did not allow it: the link is selected, copy it by hand.',
    qrFailed: 'The QR code could not be loaded. Copy the link instead.',
    keyNote: 'Whoever has this link can read everything.',
    keepOpen: 'Keep this tab open until somebody has everything.',
    mayClose: (copies: number) =>
      format.plural(copies, {
        one: 'You may close this tab: # full copy is out.',
        other: 'You may close this tab: # full copies are out.',
      }),
    mayCloseNote: 'Newcomers can go on as long as one of them stays online.',
  },

  progress: {
    preparing: 'Preparing',
    download: 'Download',
    of: (done: number, size: number) => `${format.bytes(done)} of ${format.bytes(size)}`,
    left: (seconds: number) => `${format.duration(seconds)} left`,
    leftUnknown: 'Time left unknown',
  },

  /** Each follows a value: `3`, `1.2 GB`, `8 MB/s`. */
  numbers: {
    title: 'Right now',
    peers: (count: number) => format.plural(count, { one: 'person connected', other: 'people connected' }),
    copies: (count: number) =>
      format.plural(count, { one: 'full copy elsewhere', other: 'full copies elsewhere' }),
    uploaded: 'sent',
    downloaded: 'received',
    down: 'download speed',
    up: 'upload speed',
  },

  actions: {
    download: (size: number) => `Download ${format.bytes(size)}`,
    pause: 'Pause',
    resume: 'Resume',
    retry: 'Try again',
    save: 'Save',
    saveNamed: (name: string) => `Save ${name}`,
    saveAll: 'Save all as zip',
    remove: 'Remove',
    stop: 'Stop sharing',
    cancel: 'Cancel',
    /** Of a button for one of several shares. */
    named: (label: string, title: string) => `${label}: ${title}`,
  },

  removed: {
    /** The name in a markup of its own stands in between. */
    before: 'Removed ',
    after: '.',
    undo: 'Undo',
  },

  saving: {
    saving: (name: string) => `Saving ${name}. Keep this tab open meanwhile.`,
    saved: (name: string) => `${name} is saved.`,
    failed: (name: string) => `${name} was not saved.`,
    incomplete: 'It could not be written whole, so the browser discards what there is of it. Try again.',
    notBegun: (reason: string) =>
      `Nothing was written. Reload this page and try again; the files of a folder can be saved one by one, too. (${reason})`,
    tooLarge: (limit: number) =>
      `Without its storage, this window saves at most ${format.bytes(limit)} at once. Open the link in a normal window that allows cookies.`,
    dismiss: 'Close',
  },

  notice: {
    ask: 'Tell me when it is done',
    on: 'You will be told when it is done.',
    denied: 'The browser does not allow this page to tell you.',
    title: (title: string) => `${title} is complete`,
    body: 'Every byte is here and verified. Save it whenever you like.',
  },

  files: {
    want: (name: string) => `Download ${name}`,
    get: 'Download',
    wantAll: 'Choose all',
    wantNone: 'Choose none',
    wanted: (count: number, total: number, size: number) =>
      `${format.number(count)} of ${format.plural(total, { one: '# file', other: '# files' })}, ${format.bytes(size)}`,
    title: 'Files',
    summary: (count: number, size: number) =>
      `${format.plural(count, { one: '# file', other: '# files' })}, ${format.bytes(size)}`,
    all: (count: number) => format.plural(count, { one: 'Show # file', other: 'Show all # files' }),
    here: 'Complete',
  },

  people: {
    title: 'Who is here',
    nobodySharer: 'Nobody yet. Send the link to somebody.',
    nobodyReceiver: 'Nobody is connected right now.',
    name: (short: string) => `Peer ${short}`,
    routes: { direct: 'direct', relayed: 'relayed', unknown: 'finding a route' },
    has: (percent: number) => `has ${format.percent(percent)}`,
    hasAll: 'has everything',
    all: (count: number) => format.plural(count, { one: 'Show # person', other: 'Show all # people' }),
  },

  inviteTitle: 'Invite by code',

  /** How people find each other; each host stands in a list. */
  ways: {
    through: (ways: string) => `People are found through ${ways}.`,
    none: (ways: string) => `Nobody can be found right now: ${ways}. Keep this tab open; it goes on trying.`,
    tabs: (count: number) =>
      format.plural(count, { one: '# other tab of this browser', other: '# other tabs of this browser' }),
    dht: 'the pages’ own network (DHT)',
    peers: 'the people already connected',
    connecting: (host: string) => `${host} (connecting)`,
    waiting: (host: string) => `${host} (not reached, trying again)`,
    refused: (host: string) => `${host} (refuses)`,
    unasked: (host: string) => `${host} (asked when you download)`,
    named: (hosts: string) =>
      `This link names ${hosts}, where its people meet. Whoever runs it would see your address and when you take part, and no names or files.`,
    ask: (hosts: string) => `Ask ${hosts}`,
  },

  update: {
    ready: 'A new version is ready. It is used when you next open this page.',
    use: 'Use it now',
  },

  trouble: {
    title: 'Having trouble connecting?',
    nobody: [
      'Nobody who has this is here right now. Ask the sender to open the tab again; it goes on by itself.',
      'If the sender is online, check that the whole link was copied, to its last character.',
    ],
    blocked: (members: number) => [
      format.plural(members, {
        one: '# person is here, but no direct connection has succeeded yet.',
        other: '# people are here, but no direct connection has succeeded yet.',
      }),
      'A strict firewall, a company network or a VPN often blocks it: try without the VPN, or from another network such as a phone’s.',
      'Whoever runs this server can add a relay (TURN), which gets through nearly everywhere.',
    ],
    relayOnly:
      'Your IP address is hidden, so only relayed connections are made. If this server has no relay, allow direct ones under Settings.',
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
      title: format.plural(expected, {
        other: `This link is cut short: ${format.number(received)} of # characters arrived.`,
      }),
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
    notShareable: (reason: string) => ({
      title: 'These files could not be made into a share.',
      todo: `Nothing was shared. Choose fewer of them, or put them into one archive first. (${reason})`,
    }),
    filesNeeded: {
      title: 'Choose the files again to go on sharing.',
      todo: 'After a reload, a browser may not read your files by itself. Give the same ones, and the same link goes on working.',
    },
    filesDiffer: (names: readonly string[], more: number) => ({
      title: 'These are not the files that were shared.',
      todo: `Missing or changed: ${format.list(
        more > 0 ? [...names, format.plural(more, { one: '# other', other: '# others' })] : names,
      )}. Choose the originals, or share the new ones as a new link.`,
    }),
    fileUnreadable: (name: string) => ({
      title: `${name} cannot be read any more.`,
      todo: 'It was moved, changed or deleted, so sharing has stopped before a wrong byte went out. Choose the files again.',
    }),
    removedElsewhere: {
      title: 'This share was removed in another tab.',
      todo: 'Nobody can download it from here any more. Try again to share it after all, under the same link.',
    },
    storageFull: {
      title: 'There is no room left in this browser’s storage.',
      todo: 'What is here is kept. Free some disk space, or remove a share you have saved, then try again.',
    },
    storageHeld: {
      title: 'Another version of Shoal has this browser’s storage.',
      todo: 'Close its other tabs, then reload this page.',
    },
    storageGone: {
      title: 'What was stored of this share is gone.',
      todo: 'It was removed in another tab, or the browser has cleared its storage. Try again to fetch it anew.',
    },
    storageFailed: (reason: string) => ({
      title: 'This browser’s storage does not work.',
      todo: `In a private window, try a normal one; otherwise reload the page. (${reason})`,
    }),
  },
};

export type Texts = typeof en;
