import type { Language } from '../texts/languages.ts';

/** What is said of codes; loaded with what shows them. */
export interface InviteTexts {
  readonly how: string;
  readonly make: string;
  readonly made: string;
  readonly take: string;
  readonly answer: string;
  readonly soon: string;
  readonly working: string;
  readonly taken: string;
  readonly connected: string;
  readonly copyLink: string;
  /** Of the QR code of a link; the page's host is named. */
  readonly scan: (host: string) => string;
  readonly incomplete: string;
  readonly unsupported: string;
  readonly own: string;
  readonly expired: string;
  readonly unreached: string;
  readonly noRoom: string;
  readonly noOverlay: string;
  readonly copyFailed: string;
}

const en: InviteTexts = {
  how: 'When no server can be reached, two codes bring somebody in: an invitation there, an answer back, by any chat.',
  make: 'Make an invitation',
  made: 'Invitation: send it, then paste the answer below',
  take: 'Paste an invitation or an answer',
  answer: 'Answer: send it back to whoever invited you',
  soon: 'Keep this page open meanwhile. A code lasts a quarter of an hour; the sooner it is carried, the better.',
  working: 'Making a code …',
  taken: 'Connecting …',
  connected: 'Connected. Everybody else is found from here.',
  copyLink: 'Copy as a link',
  scan: (host) =>
    `Scanned with a phone’s camera, it opens this share there, already invited, if ${host} can be reached. Otherwise send the code.`,
  incomplete: 'This is not a whole code. Copy it again, from its first character to its last.',
  unsupported: 'This code is of a kind that this version does not know. Reload the page.',
  own: 'This is your own code: it is for the other person.',
  expired: 'This invitation is no longer good: codes last a quarter of an hour. Make a new one.',
  unreached:
    'No connection came about. Codes grow old while they are carried: begin again with a new invitation, and bring the answer back soon. Some networks allow none.',
  noRoom: 'This page has no connection to spare. Try again in a moment.',
  noOverlay:
    'Invitations need the network of the pages: it is turned off in the settings below, or could not be loaded.',
  copyFailed: 'The browser did not allow it: the code is selected, copy it by hand.',
};

export const inviteTexts: Record<Language, InviteTexts> = {
  en,
  de: {
    how: 'Ist kein Server zu erreichen, bringen zwei Codes jemanden herein: eine Einladung hin, eine Antwort zurück, über irgendeinen Chat.',
    make: 'Einladung machen',
    made: 'Einladung: verschicken, dann die Antwort unten einfügen',
    take: 'Einladung oder Antwort einfügen',
    answer: 'Antwort: zurück an die Person, die eingeladen hat',
    soon: 'Lassen Sie diese Seite so lange offen. Ein Code hält eine Viertelstunde; je früher er ankommt, desto besser.',
    working: 'Code wird gemacht …',
    taken: 'Verbindung wird aufgebaut …',
    connected: 'Verbunden. Alle anderen finden sich von hier aus.',
    copyLink: 'Als Link kopieren',
    scan: (host) =>
      `Mit der Kamera eines Telefons gescannt, öffnet er dort diesen Inhalt, schon eingeladen, wenn ${host} erreichbar ist. Sonst schicken Sie den Code.`,
    incomplete: 'Das ist kein ganzer Code. Kopieren Sie ihn noch einmal, vom ersten bis zum letzten Zeichen.',
    unsupported: 'Diese Art von Code kennt diese Version nicht. Laden Sie die Seite neu.',
    own: 'Das ist Ihr eigener Code: Er ist für die andere Person.',
    expired: 'Diese Einladung gilt nicht mehr: Codes halten eine Viertelstunde. Machen Sie eine neue.',
    unreached:
      'Es kam keine Verbindung zustande. Codes altern unterwegs: Beginnen Sie mit einer neuen Einladung, und bringen Sie die Antwort bald zurück. Manche Netze lassen keine zu.',
    noRoom: 'Diese Seite hat gerade keine Verbindung übrig. Versuchen Sie es gleich noch einmal.',
    noOverlay:
      'Einladungen brauchen das Netz der Seiten: Es ist unten in den Einstellungen ausgeschaltet oder ließ sich nicht laden.',
    copyFailed: 'Der Browser hat es nicht erlaubt: Der Code ist markiert, kopieren Sie ihn von Hand.',
  },
  es: {
    how: 'Si no se llega a ningún servidor, dos códigos traen a alguien: una invitación de ida y una respuesta de vuelta, por cualquier chat.',
    make: 'Crear una invitación',
    made: 'Invitación: envíala y pega abajo la respuesta',
    take: 'Pega una invitación o una respuesta',
    answer: 'Respuesta: devuélvela a quien te invitó',
    soon: 'Deja esta página abierta mientras tanto. Un código dura un cuarto de hora; cuanto antes llegue, mejor.',
    working: 'Creando un código …',
    taken: 'Conectando …',
    connected: 'Conectado. Los demás se encuentran desde aquí.',
    copyLink: 'Copiar como enlace',
    scan: (host) =>
      `Escaneado con la cámara de un teléfono, abre allí esto mismo, ya con la invitación, si se puede llegar a ${host}. Si no, envía el código.`,
    incomplete: 'Este código no está completo. Cópialo otra vez, del primer carácter al último.',
    unsupported: 'Esta versión no conoce este tipo de código. Vuelve a cargar la página.',
    own: 'Este es tu propio código: es para la otra persona.',
    expired: 'Esta invitación ya no sirve: los códigos duran un cuarto de hora. Crea una nueva.',
    unreached:
      'No se logró conectar. Los códigos caducan por el camino: empieza de nuevo con otra invitación y devuelve la respuesta pronto. Algunas redes no lo permiten.',
    noRoom: 'Esta página no tiene ninguna conexión libre. Inténtalo de nuevo en un momento.',
    noOverlay:
      'Las invitaciones necesitan la red de las páginas: está desactivada abajo, en los ajustes, o no se pudo cargar.',
    copyFailed: 'El navegador no lo permitió: el código está seleccionado, cópialo a mano.',
  },
  fr: {
    how: 'Si aucun serveur n’est joignable, deux codes font entrer quelqu’un : une invitation à l’aller, une réponse au retour, par n’importe quelle messagerie.',
    make: 'Créer une invitation',
    made: 'Invitation : envoyez-la, puis collez la réponse ci-dessous',
    take: 'Collez une invitation ou une réponse',
    answer: 'Réponse : renvoyez-la à qui vous a invité',
    soon: 'Gardez cette page ouverte en attendant. Un code dure un quart d’heure ; plus tôt il arrive, mieux c’est.',
    working: 'Création d’un code …',
    taken: 'Connexion …',
    connected: 'Connecté. Les autres se trouvent à partir d’ici.',
    copyLink: 'Copier comme lien',
    scan: (host) =>
      `Scanné avec l’appareil photo d’un téléphone, il y ouvre ce partage, invitation comprise, si ${host} est joignable. Sinon, envoyez le code.`,
    incomplete: 'Ce code n’est pas entier. Copiez-le encore, du premier caractère au dernier.',
    unsupported: 'Cette version ne connaît pas ce genre de code. Rechargez la page.',
    own: 'C’est votre propre code : il est pour l’autre personne.',
    expired: 'Cette invitation n’est plus valable : un code dure un quart d’heure. Créez-en une nouvelle.',
    unreached:
      'Aucune connexion ne s’est établie. Les codes vieillissent en chemin : recommencez avec une nouvelle invitation et rapportez vite la réponse. Certains réseaux n’en permettent aucune.',
    noRoom: 'Cette page n’a plus de connexion libre. Réessayez dans un instant.',
    noOverlay:
      'Les invitations ont besoin du réseau des pages : il est désactivé plus bas, dans les réglages, ou n’a pas pu être chargé.',
    copyFailed: 'Le navigateur ne l’a pas permis : le code est sélectionné, copiez-le à la main.',
  },
  ja: {
    how: 'サーバーに届かないときは、二つのコードで人を招けます。招待を送り、返事を受け取ります。どのチャットでもかまいません。',
    make: '招待を作る',
    made: '招待：送ってから、返事を下に貼り付けてください',
    take: '招待または返事を貼り付ける',
    answer: '返事：招待した人に送り返してください',
    soon: 'それまでこのページを開いたままにしてください。コードの有効期間は 15 分です。早く届くほど確実です。',
    working: 'コードを作っています…',
    taken: '接続しています…',
    connected: '接続しました。ほかの人はここから見つかります。',
    copyLink: 'リンクとしてコピー',
    scan: (host) =>
      `スマートフォンのカメラで読み取ると、${host} に届く場合は、招待を受けた状態でこの共有が開きます。届かない場合はコードを送ってください。`,
    incomplete: 'コードが全部そろっていません。最初の文字から最後の文字まで、もう一度コピーしてください。',
    unsupported: 'このバージョンが知らない種類のコードです。ページを再読み込みしてください。',
    own: 'これはあなた自身のコードです。相手に渡してください。',
    expired: 'この招待はもう使えません。コードの有効期間は 15 分です。新しい招待を作ってください。',
    unreached:
      '接続できませんでした。コードは運ぶあいだに古くなります。新しい招待からやり直し、返事を早めに戻してください。接続を許さないネットワークもあります。',
    noRoom: 'このページには空いている接続がありません。少し待ってからもう一度お試しください。',
    noOverlay:
      '招待にはページどうしのネットワークが必要です。下の設定でオフになっているか、読み込めませんでした。',
    copyFailed: 'ブラウザーが許可しませんでした。コードは選択されています。手でコピーしてください。',
  },
  pt: {
    how: 'Se nenhum servidor responde, dois códigos trazem alguém: um convite na ida, uma resposta na volta, por qualquer chat.',
    make: 'Criar um convite',
    made: 'Convite: envie e cole abaixo a resposta',
    take: 'Cole um convite ou uma resposta',
    answer: 'Resposta: devolva a quem convidou',
    soon: 'Mantenha esta página aberta enquanto isso. Um código dura um quarto de hora; quanto antes chegar, melhor.',
    working: 'Criando um código …',
    taken: 'Conectando …',
    connected: 'Conectado. Os outros são encontrados a partir daqui.',
    copyLink: 'Copiar como link',
    scan: (host) =>
      `Lido com a câmera de um telefone, abre lá este compartilhamento, já com o convite, se ${host} puder ser alcançado. Senão, envie o código.`,
    incomplete: 'Este código não está completo. Copie-o de novo, do primeiro ao último caractere.',
    unsupported: 'Esta versão não conhece este tipo de código. Recarregue a página.',
    own: 'Este é o seu próprio código: é para a outra pessoa.',
    expired: 'Este convite não vale mais: os códigos duram um quarto de hora. Crie um novo.',
    unreached:
      'Nenhuma conexão foi estabelecida. Os códigos envelhecem no caminho: recomece com um novo convite e traga a resposta logo. Algumas redes não permitem nenhuma.',
    noRoom: 'Esta página não tem conexão livre. Tente de novo em instantes.',
    noOverlay:
      'Os convites precisam da rede das páginas: ela está desligada abaixo, nas configurações, ou não pôde ser carregada.',
    copyFailed: 'O navegador não permitiu: o código está selecionado, copie à mão.',
  },
};
