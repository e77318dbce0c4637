import { Formats } from '../formats.ts';
import type { Texts } from './en.ts';

const format = new Formats('de');

export const de: Texts = {
  language: 'de',
  direction: 'ltr',
  format,

  name: 'Shoal',
  home: 'Shoal, Startseite',
  shareSomething: 'Etwas teilen',

  landing: {
    title: 'Dateien direkt von Mensch zu Mensch',
    sentence:
      'Dateien oder einen Ordner hier ablegen und den Link verschicken. Nichts wird auf einen Server geladen, und wer herunterlädt, hilft den Nächsten.',
    openTitle: 'Einen Link bekommen?',
    openPlaceholder: 'Hier einfügen',
    open: 'Öffnen',
    elsewhere: (host) =>
      `Dieser Link gehört zu ${host}; dort finden seine Leute zueinander. Hier wird vielleicht niemand gefunden.`,
    openElsewhere: (host) => `Auf ${host} öffnen`,
    openAnyway: 'Hier versuchen',
    listTitle: 'In diesem Browser gemerkt',
    untitled: 'Noch unbekannt',
  },

  picker: {
    share: 'Dateien oder einen Ordner hier ablegen',
    again: 'Dieselben Dateien oder denselben Ordner hier ablegen',
    files: 'Dateien wählen',
    folder: 'Ordner wählen',
    overlay: 'Zum Teilen loslassen',
    overlayAgain: 'Loslassen, um weiter zu teilen',
    reading: 'Die Ordner werden durchgesehen …',
    empty: 'Darin ist keine Datei. Bitte etwas mit mindestens einer Datei wählen.',
    unreadable: (name) =>
      `${name} konnte nicht gelesen werden, darum wurde nichts geteilt. Bitte die Zugriffsrechte prüfen und erneut versuchen.`,
  },

  again: {
    give: 'Dieselben Dateien wieder teilen',
    refused:
      'Ohne Ihre Erlaubnis darf der Browser sie nicht lesen. Drücken Sie noch einmal und erlauben Sie es, oder wählen Sie die Dateien unten.',
    gone: 'Sie sind nicht mehr an ihrem Ort oder nicht lesbar. Wählen Sie die Dateien unten.',
  },

  honesty: {
    title: 'So funktioniert es',
    lines: [
      {
        term: 'Von Browser zu Browser',
        words:
          'Dateien werden hier verschlüsselt und gehen direkt an die Eingeladenen. Der Server stellt sie einander nur vor.',
      },
      {
        term: 'Der Link ist der Schlüssel',
        words: 'Wer ihn hat, kann alles lesen. Schicken Sie ihn nur denen, die das dürfen.',
      },
      {
        term: 'Man sieht Sie',
        words:
          'Wer am selben Austausch teilnimmt, sieht die IP-Adressen der anderen, wie bei jeder direkten Verbindung.',
      },
    ],
    moreTitle: 'Wer erfährt was',
  },

  settings: {
    title: 'Einstellungen',
    language: 'Sprache',
    uploadLimit: 'Höchstens hochladen',
    unit: 'KiB/s',
    hint: 'Leer lassen für unbegrenzt.',
    invalid: 'Eine ganze Zahl über 0, oder nichts.',
    relayOnly: 'Meine IP-Adresse verbergen',
    relayOnlyHint: 'Alles geht über ein Relais, wenn der Server eines hat. Das ist langsamer.',
    relayMissing: 'Dieser Server hat kein Relais, darum ist niemand erreichbar.',
    finding: 'Menschen finden ohne Server',
  },

  roles: { sharer: 'Von Ihnen geteilt', receiver: 'Aus einem Link' },

  listStates: {
    preparing: 'Wird vorbereitet',
    connecting: 'Verbindet',
    ready: 'Bereit zum Herunterladen',
    downloading: 'Lädt herunter',
    complete: 'Vollständig',
    sharing: 'Wird geteilt',
    paused: 'Angehalten',
    error: 'Braucht Ihre Hilfe',
    filesNeeded: 'Wartet auf seine Dateien',
  },

  status: {
    preparing:
      'Wird vorbereitet. Ihre Dateien werden einmal gelesen und verschlüsselt; das dauert einen Moment.',
    reaching: 'Verbindung wird aufgebaut …',
    looking: 'Suche nach Leuten, die das haben …',
    asking: 'Verbunden. Namen und Größen werden erfragt …',
    ready: 'Bereit zum Herunterladen.',
    downloading: 'Wird heruntergeladen.',
    waiting: 'Wartet, bis sich jemand verbindet.',
    complete: 'Vollständig. Jedes Byte ist da und geprüft.',
    helping: 'Sie helfen jetzt anderen: je länger dieser Tab offen bleibt, desto besser.',
    sharing: 'Bereit. Schicken Sie den Link an alle, die das haben sollen.',
    pausedSharer: 'Angehalten. Niemand kann von Ihnen herunterladen.',
    pausedReceiver: 'Angehalten. Was da ist, bleibt erhalten.',
    quarter: (percent) => `${format.percent(percent)} fertig`,
    unreachable:
      'Der Server, der die Leute einander vorstellt, ist nicht erreichbar. Wer schon verbunden ist, macht weiter; Neue müssen warten. Lassen Sie diesen Tab offen; es wird weiter versucht.',
    keepInFront:
      'Lassen Sie diese Seite im Vordergrund: Handys und Tablets halten Seiten an, die verdeckt sind.',
  },

  passing: {
    receiver:
      'Dieser Browser behält nichts, vielleicht weil das Fenster privat ist oder Cookies gesperrt sind. Was heruntergeladen wurde, ist weg, wenn dieser Tab geschlossen wird. Bitte vorher speichern.',
    sharer:
      'Dieser Browser behält nichts, vielleicht weil das Fenster privat ist oder Cookies gesperrt sind. Wird dieser Tab geschlossen, ist die Freigabe vergessen und der Link gilt nicht mehr.',
  },

  opening: 'Link wird geöffnet',
  preparing: 'Wird vorbereitet',
  wrong: 'Das hat nicht geklappt',

  link: {
    title: 'Ihr Link',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyFailed: 'Der Browser hat es nicht erlaubt: Der Link ist markiert, bitte von Hand kopieren.',
    qrFailed: 'Der QR-Code ließ sich nicht laden. Kopieren Sie stattdessen den Link.',
    keyNote: 'Wer diesen Link hat, kann alles lesen.',
    keepOpen: 'Lassen Sie diesen Tab offen, bis jemand alles hat.',
    mayClose: (copies) =>
      format.plural(copies, {
        one: 'Sie dürfen diesen Tab schließen: # volle Kopie ist draußen.',
        other: 'Sie dürfen diesen Tab schließen: # volle Kopien sind draußen.',
      }),
    mayCloseNote: 'Neue können weitermachen, solange eine davon online bleibt.',
  },

  progress: {
    preparing: 'Vorbereitung',
    download: 'Download',
    of: (done, size) => `${format.bytes(done)} von ${format.bytes(size)}`,
    left: (seconds) => `noch ${format.duration(seconds)}`,
    leftUnknown: 'Restzeit unbekannt',
  },

  numbers: {
    title: 'Gerade jetzt',
    peers: (count) => format.plural(count, { one: 'Person verbunden', other: 'Personen verbunden' }),
    copies: (count) => format.plural(count, { one: 'volle Kopie anderswo', other: 'volle Kopien anderswo' }),
    uploaded: 'gesendet',
    downloaded: 'empfangen',
    down: 'beim Herunterladen',
    up: 'beim Hochladen',
  },

  actions: {
    download: (size) => `${format.bytes(size)} herunterladen`,
    pause: 'Anhalten',
    resume: 'Fortsetzen',
    retry: 'Erneut versuchen',
    save: 'Speichern',
    saveNamed: (name) => `${name} speichern`,
    saveAll: 'Alles als Zip speichern',
    remove: 'Entfernen',
    stop: 'Nicht mehr teilen',
    cancel: 'Abbrechen',
    named: (label, title) => `${label}: ${title}`,
  },

  removed: {
    before: '',
    after: ' wurde entfernt.',
    undo: 'Rückgängig',
  },

  saving: {
    saving: (name) => `${name} wird gespeichert. Lassen Sie diesen Tab so lange offen.`,
    saved: (name) => `${name} ist gespeichert.`,
    failed: (name) => `${name} wurde nicht gespeichert.`,
    incomplete:
      'Die Datei konnte nicht ganz geschrieben werden, darum verwirft der Browser den Anfang. Bitte erneut versuchen.',
    notBegun: (reason) =>
      `Es wurde nichts geschrieben. Laden Sie diese Seite neu und versuchen Sie es noch einmal; die Dateien eines Ordners lassen sich auch einzeln speichern. (${reason})`,
    tooLarge: (limit) =>
      `Ohne seinen Speicher kann dieses Fenster höchstens ${format.bytes(limit)} auf einmal speichern. Öffnen Sie den Link in einem normalen Fenster, das Cookies erlaubt.`,
    dismiss: 'Schließen',
  },

  notice: {
    ask: 'Bescheid geben, wenn es fertig ist',
    on: 'Sie bekommen Bescheid, wenn es fertig ist.',
    denied: 'Der Browser erlaubt dieser Seite nicht, Bescheid zu geben.',
    title: (title) => `${title} ist vollständig`,
    body: 'Jedes Byte ist da und geprüft. Speichern Sie es, wann Sie möchten.',
  },

  files: {
    want: (name) => `${name} herunterladen`,
    get: 'Herunterladen',
    wantAll: 'Alle wählen',
    wantNone: 'Keine wählen',
    wanted: (count, total, size) =>
      `${format.number(count)} von ${format.plural(total, { one: '# Datei', other: '# Dateien' })}, ${format.bytes(size)}`,
    title: 'Dateien',
    summary: (count, size) =>
      `${format.plural(count, { one: '# Datei', other: '# Dateien' })}, ${format.bytes(size)}`,
    all: (count) => format.plural(count, { one: '# Datei zeigen', other: 'Alle # Dateien zeigen' }),
    here: 'Vollständig',
  },

  inviteTitle: 'Mit Code einladen',

  people: {
    title: 'Wer gerade da ist',
    nobodySharer: 'Noch niemand. Schicken Sie jemandem den Link.',
    nobodyReceiver: 'Gerade ist niemand verbunden.',
    name: (short) => `Peer ${short}`,
    routes: { direct: 'direkt', relayed: 'über ein Relais', unknown: 'sucht einen Weg' },
    has: (percent) => `hat ${format.percent(percent)}`,
    hasAll: 'hat alles',
    all: (count) => format.plural(count, { one: '# Person zeigen', other: 'Alle # Personen zeigen' }),
  },

  ways: {
    through: (ways) => `Leute finden sich über ${ways}.`,
    none: (ways) =>
      `Gerade ist niemand zu finden: ${ways}. Lassen Sie diesen Tab offen; es wird weiter versucht.`,
    tabs: (count) =>
      format.plural(count, {
        one: '# anderen Tab dieses Browsers',
        other: '# andere Tabs dieses Browsers',
      }),
    dht: 'das Netz der Seiten selbst (DHT)',
    peers: 'die schon verbundenen Leute',
    connecting: (host) => `${host} (wird verbunden)`,
    waiting: (host) => `${host} (nicht erreicht, neuer Versuch folgt)`,
    refused: (host) => `${host} (lehnt ab)`,
    unasked: (host) => `${host} (wird beim Herunterladen gefragt)`,
    named: (hosts) =>
      `Dieser Link nennt ${hosts}; dort treffen sich seine Leute. Wer das betreibt, sähe Ihre Adresse und wann Sie dabei sind, aber keine Namen und keine Dateien.`,
    ask: (hosts) => `${hosts} fragen`,
  },

  update: {
    ready: 'Eine neue Version ist bereit. Sie gilt, wenn Sie diese Seite das nächste Mal öffnen.',
    use: 'Jetzt verwenden',
  },

  trouble: {
    title: 'Klappt die Verbindung nicht?',
    nobody: [
      'Gerade ist niemand da, der das hat. Bitten Sie die Absenderin oder den Absender, den Tab wieder zu öffnen; dann geht es von selbst weiter.',
      'Falls doch jemand online ist: Prüfen Sie, ob der Link ganz kopiert wurde, bis zum letzten Zeichen.',
    ],
    blocked: (members) => [
      format.plural(members, {
        one: '# Person ist da, aber noch ist keine direkte Verbindung zustande gekommen.',
        other: '# Personen sind da, aber noch ist keine direkte Verbindung zustande gekommen.',
      }),
      'Oft liegt es an einer strengen Firewall, einem Firmennetz oder einem VPN: Versuchen Sie es ohne VPN oder in einem anderen Netz, etwa dem des Handys.',
      'Wer diesen Server betreibt, kann ein Relais (TURN) hinzufügen, das fast überall durchkommt.',
    ],
    relayOnly:
      'Ihre IP-Adresse ist verborgen, darum wird nur über ein Relais verbunden. Hat dieser Server keines, erlauben Sie direkte Verbindungen in den Einstellungen.',
    unreachable: [
      'Der Server, der die Leute einander vorstellt, ist nicht erreichbar. Prüfen Sie, ob Sie online sind.',
      'Manche Netze blockieren WebSocket-Verbindungen: Versuchen Sie ein anderes.',
    ],
    wait: 'Sie können diese Seite offen lassen; sie versucht es weiter.',
  },

  problems: {
    notShareable: (reason) => ({
      title: 'Aus diesen Dateien ließ sich keine Freigabe machen.',
      todo: `Es wurde nichts geteilt. Wählen Sie weniger Dateien, oder packen Sie sie vorher in ein Archiv. (${reason})`,
    }),
    linkMalformed: {
      title: 'Das ist kein Shoal-Link.',
      todo: 'Ein Link endet mit # und einer langen Reihe von Buchstaben und Ziffern. Kopieren Sie ihn noch einmal ganz und fügen Sie ihn hier ein.',
    },
    linkTruncated: (expected, received) => ({
      title: format.plural(expected, {
        other: `Dieser Link ist abgeschnitten: ${format.number(received)} von # Zeichen sind angekommen.`,
      }),
      todo: 'Manche Programme zerteilen lange Links. Lassen Sie ihn sich noch einmal schicken und kopieren Sie ihn bis zum letzten Zeichen.',
    }),
    linkMistyped: {
      title: 'In diesem Link ist ein Tippfehler.',
      todo: 'Seine Prüfzeichen stimmen nicht. Kopieren Sie ihn, statt ihn abzutippen, oder scannen Sie den QR-Code.',
    },
    linkUnsupported: {
      title: 'Diese Art von Link kennt diese Version nicht.',
      todo: 'Laden Sie die Seite neu, um die neueste Version zu bekommen, oder fragen Sie, womit der Link erstellt wurde.',
    },
    wrongKey: {
      title: 'Der Schlüssel in diesem Link ist falsch.',
      todo: 'Die Freigabe gibt es, aber dieser Schlüssel öffnet sie nicht. Lassen Sie sich den Link noch einmal schicken.',
    },
    metainfoInvalid: (reason) => ({
      title: 'Die Beschreibung dieser Freigabe ist ungültig.',
      todo: `Es wurde nichts heruntergeladen. Bitten Sie darum, noch einmal neu zu teilen. (${reason})`,
    }),
    filesNeeded: {
      title: 'Wählen Sie die Dateien noch einmal, um weiter zu teilen.',
      todo: 'Nach dem Neuladen darf ein Browser Ihre Dateien nicht von selbst lesen. Geben Sie dieselben, und derselbe Link gilt weiter.',
    },
    filesDiffer: (names, more) => ({
      title: 'Das sind nicht die Dateien, die geteilt wurden.',
      todo: `Sie fehlen oder sind verändert: ${format.list(
        more > 0 ? [...names, format.plural(more, { one: '# weitere', other: '# weitere' })] : names,
      )}. Wählen Sie die ursprünglichen, oder teilen Sie die neuen mit einem neuen Link.`,
    }),
    fileUnreadable: (name) => ({
      title: `${name} ist nicht mehr lesbar.`,
      todo: 'Die Datei wurde verschoben, verändert oder gelöscht. Das Teilen wurde beendet, bevor ein falsches Byte hinausging. Wählen Sie die Dateien noch einmal.',
    }),
    removedElsewhere: {
      title: 'Diese Freigabe wurde in einem anderen Tab entfernt.',
      todo: 'Niemand kann sie mehr von hier herunterladen. Versuchen Sie es erneut, um sie doch weiter unter demselben Link zu teilen.',
    },
    storageFull: {
      title: 'Im Speicher dieses Browsers ist kein Platz mehr.',
      todo: 'Was da ist, bleibt erhalten. Schaffen Sie Platz auf der Festplatte oder entfernen Sie etwas, das Sie schon gespeichert haben, und versuchen Sie es erneut.',
    },
    storageHeld: {
      title: 'Eine andere Version von Shoal hat den Speicher dieses Browsers.',
      todo: 'Schließen Sie ihre anderen Tabs und laden Sie dann diese Seite neu.',
    },
    storageGone: {
      title: 'Was von dieser Freigabe gespeichert war, ist weg.',
      todo: 'Sie wurde in einem anderen Tab entfernt, oder der Browser hat seinen Speicher geleert. Versuchen Sie es noch einmal, um alles neu zu laden.',
    },
    storageFailed: (reason) => ({
      title: 'Der Speicher dieses Browsers funktioniert nicht.',
      todo: `Nehmen Sie statt eines privaten ein normales Fenster; sonst laden Sie die Seite neu. (${reason})`,
    }),
  },
};
