import { Formats } from '../formats.ts';
import type { Texts } from './en.ts';

const format = new Formats('fr');

export const fr: Texts = {
  language: 'fr',
  direction: 'ltr',
  format,

  name: 'Shoal',
  home: 'Shoal, page d’accueil',
  shareSomething: 'Partager quelque chose',

  landing: {
    title: 'Envoyez vos fichiers directement',
    sentence:
      'Déposez des fichiers ou un dossier et envoyez le lien. Rien n’est mis en ligne sur un serveur, et chaque personne qui télécharge aide la suivante.',
    openTitle: 'Vous avez reçu un lien ?',
    openPlaceholder: 'Collez-le ici',
    open: 'Ouvrir',
    elsewhere: (host) =>
      `Ce lien appartient à ${host}, qui met ses participants en relation. Ici, il se peut que personne ne soit trouvé.`,
    openElsewhere: (host) => `L’ouvrir sur ${host}`,
    openAnyway: 'Essayer ici',
    listTitle: 'Gardé dans ce navigateur',
    untitled: 'Pas encore connu',
  },

  picker: {
    share: 'Déposez des fichiers ou un dossier ici',
    again: 'Déposez ici les mêmes fichiers ou le même dossier',
    files: 'Choisir des fichiers',
    folder: 'Choisir un dossier',
    overlay: 'Déposez pour partager',
    overlayAgain: 'Déposez pour continuer à partager',
    reading: 'Exploration des dossiers…',
    empty: 'Il n’y a aucun fichier là-dedans. Choisissez quelque chose qui en contient au moins un.',
    unreadable: (name) =>
      `${name} n’a pas pu être lu ; rien n’a donc été partagé. Vérifiez que vous avez le droit de l’ouvrir, puis réessayez.`,
  },

  again: {
    give: 'Partager de nouveau les mêmes fichiers',
    refused:
      'Le navigateur ne peut pas les lire sans votre permission. Appuyez de nouveau et autorisez-le, ou choisissez les fichiers ci-dessous.',
    gone: 'Ils ne sont plus à leur place ou ne peuvent pas être lus. Choisissez les fichiers ci-dessous.',
  },

  honesty: {
    title: 'Comment ça marche',
    lines: [
      {
        term: 'De navigateur à navigateur',
        words:
          'Les fichiers sont chiffrés ici et vont directement aux personnes que vous invitez. Le serveur ne fait que vous mettre en relation.',
      },
      {
        term: 'Le lien est la clé',
        words: 'Toute personne qui l’a peut tout lire : envoyez-le seulement à celles qui le doivent.',
      },
      {
        term: 'On peut vous voir',
        words:
          'Les participants d’un même partage voient leurs adresses IP, comme dans toute connexion directe.',
      },
    ],
    moreTitle: 'Qui apprend quoi',
  },

  settings: {
    title: 'Réglages',
    language: 'Langue',
    uploadLimit: 'Limite d’envoi',
    unit: 'Kio/s',
    hint: 'Laissez vide pour aucune limite.',
    invalid: 'Un nombre entier supérieur à 0, ou rien.',
    relayOnly: 'Cacher mon adresse IP',
    relayOnlyHint: 'Tout passe par un relais, si le serveur en a un. C’est plus lent.',
    relayMissing: 'Ce serveur n’a pas de relais ; personne ne peut donc être joint.',
    finding: 'Se trouver sans serveur',
  },

  roles: { sharer: 'Partagé par vous', receiver: 'Reçu par un lien' },

  listStates: {
    preparing: 'Préparation',
    connecting: 'Connexion',
    ready: 'Prêt à télécharger',
    downloading: 'Téléchargement',
    complete: 'Complet',
    sharing: 'Partage en cours',
    paused: 'En pause',
    error: 'Demande votre attention',
    filesNeeded: 'Attend ses fichiers',
  },

  status: {
    preparing: 'Préparation. Vos fichiers sont lus et chiffrés une fois ; cela prend un moment.',
    reaching: 'Connexion…',
    looking: 'Recherche de personnes qui ont ceci…',
    asking: 'Connecté. Demande des noms et des tailles…',
    ready: 'Prêt à télécharger.',
    downloading: 'Téléchargement en cours.',
    waiting: 'En attente d’une connexion.',
    complete: 'Complet. Chaque octet est là et vérifié.',
    helping: 'Vous aidez maintenant les autres : plus cet onglet reste ouvert, mieux c’est.',
    sharing: 'Prêt. Envoyez le lien à qui doit recevoir ceci.',
    pausedSharer: 'En pause. Personne ne peut télécharger chez vous.',
    pausedReceiver: 'En pause. Ce qui est là est gardé.',
    quarter: (percent) => `${format.percent(percent)} terminés`,
    unreachable:
      'Le serveur qui met les gens en relation est injoignable. Ceux qui sont déjà connectés continuent ; les nouveaux doivent attendre. Gardez cet onglet ouvert ; il continue d’essayer.',
    keepInFront: 'Gardez cette page au premier plan : téléphones et tablettes arrêtent les pages cachées.',
  },

  passing: {
    receiver:
      'Ce navigateur ne garde rien, peut-être parce que la fenêtre est privée ou que les cookies sont bloqués. Ce qui est téléchargé disparaît à la fermeture de cet onglet : enregistrez-le avant.',
    sharer:
      'Ce navigateur ne garde rien, peut-être parce que la fenêtre est privée ou que les cookies sont bloqués. À la fermeture de cet onglet, ce partage est oublié et son lien ne marche plus.',
  },

  opening: 'Ouverture d’un lien',
  preparing: 'Préparation',
  wrong: 'Cela n’a pas marché',

  link: {
    title: 'Votre lien',
    copy: 'Copier',
    copied: 'Copié',
    copyFailed: 'Le navigateur ne l’a pas permis : le lien est sélectionné, copiez-le à la main.',
    qrFailed: 'Le code QR n’a pas pu être chargé. Copiez plutôt le lien.',
    keyNote: 'Toute personne qui a ce lien peut tout lire.',
    keepOpen: 'Gardez cet onglet ouvert jusqu’à ce que quelqu’un ait tout.',
    mayClose: (copies) =>
      format.plural(copies, {
        one: 'Vous pouvez fermer cet onglet : # copie complète existe ailleurs.',
        other: 'Vous pouvez fermer cet onglet : # copies complètes existent ailleurs.',
      }),
    mayCloseNote: 'Les nouveaux peuvent continuer tant que l’une d’elles reste en ligne.',
  },

  progress: {
    preparing: 'Préparation',
    download: 'Téléchargement',
    of: (done, size) => `${format.bytes(done)} sur ${format.bytes(size)}`,
    left: (seconds) => `encore ${format.duration(seconds)}`,
    leftUnknown: 'Temps restant inconnu',
  },

  numbers: {
    title: 'En ce moment',
    peers: (count) => format.plural(count, { one: 'personne connectée', other: 'personnes connectées' }),
    copies: (count) =>
      format.plural(count, { one: 'copie complète ailleurs', other: 'copies complètes ailleurs' }),
    uploaded: 'envoyés',
    downloaded: 'reçus',
    down: 'en réception',
    up: 'en envoi',
  },

  actions: {
    download: (size) => `Télécharger ${format.bytes(size)}`,
    pause: 'Pause',
    resume: 'Reprendre',
    retry: 'Réessayer',
    save: 'Enregistrer',
    saveNamed: (name) => `Enregistrer ${name}`,
    saveAll: 'Tout enregistrer en zip',
    remove: 'Retirer',
    stop: 'Arrêter le partage',
    cancel: 'Annuler',
    named: (label, title) => `${label} : ${title}`,
  },

  removed: {
    before: '',
    after: ' a été retiré.',
    undo: 'Annuler',
  },

  saving: {
    saving: (name) => `Enregistrement de ${name}. Gardez cet onglet ouvert pendant ce temps.`,
    saved: (name) => `${name} est enregistré.`,
    failed: (name) => `${name} n’a pas été enregistré.`,
    incomplete: 'Le fichier n’a pas pu être écrit en entier ; le navigateur en jette le début. Réessayez.',
    notBegun: (reason) =>
      `Rien n’a été écrit. Rechargez cette page et réessayez ; les fichiers d’un dossier peuvent aussi être enregistrés un par un. (${reason})`,
    tooLarge: (limit) =>
      `Sans son stockage, cette fenêtre enregistre au plus ${format.bytes(limit)} à la fois. Ouvrez le lien dans une fenêtre normale qui accepte les cookies.`,
    dismiss: 'Fermer',
  },

  notice: {
    ask: 'Me prévenir quand c’est fini',
    on: 'Vous serez prévenu quand ce sera fini.',
    denied: 'Le navigateur ne permet pas à cette page de vous prévenir.',
    title: (title) => `${title} est complet`,
    body: 'Chaque octet est là et vérifié. Enregistrez quand vous voulez.',
  },

  files: {
    want: (name) => `Télécharger ${name}`,
    get: 'Télécharger',
    wantAll: 'Tout choisir',
    wantNone: 'Ne rien choisir',
    wanted: (count, total, size) =>
      `${format.number(count)} sur ${format.plural(total, { one: '# fichier', other: '# fichiers' })}, ${format.bytes(size)}`,
    title: 'Fichiers',
    summary: (count, size) =>
      `${format.plural(count, { one: '# fichier', other: '# fichiers' })}, ${format.bytes(size)}`,
    all: (count) => format.plural(count, { one: 'Afficher # fichier', other: 'Afficher les # fichiers' }),
    here: 'Complet',
  },

  inviteTitle: 'Inviter par code',

  people: {
    title: 'Qui est là',
    nobodySharer: 'Personne pour l’instant. Envoyez le lien à quelqu’un.',
    nobodyReceiver: 'Personne n’est connecté en ce moment.',
    name: (short) => `Pair ${short}`,
    routes: { direct: 'direct', relayed: 'par un relais', unknown: 'cherche un chemin' },
    has: (percent) => `a ${format.percent(percent)}`,
    hasAll: 'a tout',
    all: (count) => format.plural(count, { one: 'Afficher # personne', other: 'Afficher les # personnes' }),
  },

  ways: {
    through: (ways) => `Les gens se trouvent par ${ways}.`,
    none: (ways) =>
      `Personne ne peut être trouvé pour l’instant : ${ways}. Gardez cet onglet ouvert ; il continue d’essayer.`,
    tabs: (count) =>
      format.plural(count, {
        one: '# autre onglet de ce navigateur',
        other: '# autres onglets de ce navigateur',
      }),
    dht: 'le réseau des pages elles-mêmes (DHT)',
    peers: 'ceux qui sont déjà connectés',
    connecting: (host) => `${host} (connexion)`,
    waiting: (host) => `${host} (injoignable, nouvel essai)`,
    refused: (host) => `${host} (refuse)`,
    unasked: (host) => `${host} (interrogé au téléchargement)`,
    named: (hosts) =>
      `Ce lien désigne ${hosts}, où ses participants se retrouvent. Qui l’exploite verrait votre adresse et quand vous participez, mais aucun nom ni fichier.`,
    ask: (hosts) => `Interroger ${hosts}`,
  },

  update: {
    ready: 'Une nouvelle version est prête. Elle servira à la prochaine ouverture de cette page.',
    use: 'L’utiliser maintenant',
  },

  trouble: {
    title: 'La connexion ne se fait pas ?',
    nobody: [
      'Personne qui ait ceci n’est là en ce moment. Demandez à l’expéditeur de rouvrir l’onglet ; la suite se fait d’elle-même.',
      'Si l’expéditeur est en ligne, vérifiez que le lien a été copié en entier, jusqu’au dernier caractère.',
    ],
    blocked: (members) => [
      format.plural(members, {
        one: '# personne est là, mais aucune connexion directe n’a encore abouti.',
        other: '# personnes sont là, mais aucune connexion directe n’a encore abouti.',
      }),
      'Un pare-feu strict, un réseau d’entreprise ou un VPN en est souvent la cause : essayez sans VPN, ou depuis un autre réseau, comme celui d’un téléphone.',
      'La personne qui gère ce serveur peut y ajouter un relais (TURN), qui passe presque partout.',
    ],
    relayOnly:
      'Votre adresse IP est cachée ; seules des connexions par relais sont donc établies. Si ce serveur n’a pas de relais, autorisez les connexions directes dans les réglages.',
    unreachable: [
      'Le serveur qui met les gens en relation est injoignable. Vérifiez que vous êtes en ligne.',
      'Certains réseaux bloquent les connexions WebSocket : essayez-en un autre.',
    ],
    wait: 'Vous pouvez laisser cette page ouverte ; elle continue d’essayer.',
  },

  problems: {
    notShareable: (reason) => ({
      title: 'Ces fichiers n’ont pas pu devenir un partage.',
      todo: `Rien n’a été partagé. Choisissez-en moins, ou mettez-les d’abord dans une archive. (${reason})`,
    }),
    linkMalformed: {
      title: 'Ce n’est pas un lien Shoal.',
      todo: 'Un lien se termine par # et une longue suite de lettres et de chiffres. Copiez-le de nouveau, en entier, et collez-le ici.',
    },
    linkTruncated: (expected, received) => ({
      title: format.plural(expected, {
        other: `Ce lien est coupé : ${format.number(received)} caractères sur # sont arrivés.`,
      }),
      todo: 'Certains programmes coupent les longs liens. Redemandez-le, et copiez-le jusqu’au dernier caractère.',
    }),
    linkMistyped: {
      title: 'Il y a une faute de frappe dans ce lien.',
      todo: 'Ses caractères de contrôle ne concordent pas. Copiez-le au lieu de le taper, ou scannez le code QR.',
    },
    linkUnsupported: {
      title: 'Cette version ne connaît pas ce genre de lien.',
      todo: 'Rechargez la page pour avoir la dernière version, ou demandez à l’expéditeur avec laquelle le lien a été fait.',
    },
    wrongKey: {
      title: 'La clé de ce lien n’est pas la bonne.',
      todo: 'Ce partage existe, mais cette clé ne l’ouvre pas. Redemandez le lien à l’expéditeur.',
    },
    metainfoInvalid: (reason) => ({
      title: 'La description de ce partage n’est pas valable.',
      todo: `Rien n’a été téléchargé. Demandez à l’expéditeur de refaire le partage. (${reason})`,
    }),
    filesNeeded: {
      title: 'Choisissez de nouveau les fichiers pour continuer à partager.',
      todo: 'Après un rechargement, un navigateur ne peut pas lire vos fichiers de lui-même. Donnez les mêmes, et le même lien continue de marcher.',
    },
    filesDiffer: (names, more) => ({
      title: 'Ce ne sont pas les fichiers qui ont été partagés.',
      todo: `Absents ou modifiés : ${format.list(
        more > 0 ? [...names, format.plural(more, { one: '# autre', other: '# autres' })] : names,
      )}. Choisissez les originaux, ou partagez les nouveaux par un nouveau lien.`,
    }),
    fileUnreadable: (name) => ({
      title: `${name} ne peut plus être lu.`,
      todo: 'Il a été déplacé, modifié ou supprimé ; le partage s’est arrêté avant qu’un octet faux ne parte. Choisissez de nouveau les fichiers.',
    }),
    removedElsewhere: {
      title: 'Ce partage a été retiré dans un autre onglet.',
      todo: 'Plus personne ne peut le télécharger d’ici. Réessayez pour le partager malgré tout, sous le même lien.',
    },
    storageFull: {
      title: 'Il n’y a plus de place dans le stockage de ce navigateur.',
      todo: 'Ce qui est là est gardé. Libérez de l’espace disque, ou retirez un partage déjà enregistré, puis réessayez.',
    },
    storageHeld: {
      title: 'Une autre version de Shoal occupe le stockage de ce navigateur.',
      todo: 'Fermez ses autres onglets, puis rechargez cette page.',
    },
    storageGone: {
      title: 'Ce qui était stocké de ce partage a disparu.',
      todo: 'Il a été retiré dans un autre onglet, ou le navigateur a vidé son stockage. Réessayez pour le télécharger de nouveau.',
    },
    storageFailed: (reason) => ({
      title: 'Le stockage de ce navigateur ne fonctionne pas.',
      todo: `Dans une fenêtre privée, essayez une fenêtre normale ; sinon, rechargez la page. (${reason})`,
    }),
  },
};
